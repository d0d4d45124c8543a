import { Badge } from '@cloudflare/kumo/components/badge'
import { Button } from '@cloudflare/kumo/components/button'
import { DropdownMenu } from '@cloudflare/kumo/components/dropdown'
import { ArrowLeftIcon, DotsThreeIcon, DownloadSimpleIcon, PencilSimpleIcon, TrashIcon } from '@phosphor-icons/react'
import { useState, type ReactElement } from 'react'
import { api } from '../../api/api.ts'
import { curlCommand } from '../../api/curl-command.ts'
import { useSession } from '../../session/use-session.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { notify } from '../../ui/toasts.ts'
import { WriteButton } from '../../ui/write-button.tsx'
import { downloadJson } from './download-json.ts'
import { RemoveRoute, RenameRoute } from './route-dialogs.tsx'
import type { RoutePageProps, Version } from './route-page.tsx'
import type { RouteDraft } from './use-route-draft.ts'
import { useSaveVersion } from './use-save-version.ts'

/** What the parts of the editor are about. */
export interface RouteScope extends Pick<RoutePageProps, 'gatewayId' | 'name' | 'change'> {
  version: Version | undefined
  draft: RouteDraft
}

/** Which route and version this is, and what can be done with the whole of it. */
export function RouteHeader(scope: RouteScope): ReactElement {
  const { gatewayId, name, change, draft } = scope
  const save = useSaveVersion(scope)
  const curl = (): string =>
    curlCommand({
      url: `${location.origin}/v1/chat/completions`,
      ...(gatewayId !== 'default' && { headers: { 'cf-aig-gateway-id': gatewayId } }),
      body: { model: `dynamic/${name}`, messages: [{ role: 'user', content: 'Hello' }] },
    })
  const canDeploy = draft.isValid && (draft.isChanged || scope.version?.is_deployed === false)
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        icon={ArrowLeftIcon}
        className="mb-1 -ml-2"
        onClick={() =>
          change({ route: undefined, version: undefined, element: undefined, panel: undefined, view: undefined }, true)
        }
      >
        All routes
      </Button>
      <PageHeader
        title={name}
        description={`Called as dynamic/${name}`}
        actions={
          <>
            <VersionBadge {...scope} />
            <CopyButton text={curl} label="Copy as curl" />
            <MoreMenu {...scope} />
            <WriteButton
              needs="admin"
              disabled={!draft.isChanged || draft.textMistake !== undefined}
              loading={save.isPending}
              onClick={() => save.save({ isDeployed: false })}
            >
              Save draft
            </WriteButton>
            <WriteButton
              needs="admin"
              variant="primary"
              disabled={!canDeploy}
              loading={save.isPending}
              onClick={() => save.save({ isDeployed: true })}
            >
              {draft.isChanged ? 'Save and deploy' : 'Deploy'}
            </WriteButton>
          </>
        }
      />
    </>
  )
}

function VersionBadge({ version, draft }: RouteScope): ReactElement {
  if (draft.isChanged)
    return (
      <Badge variant="warning" appearance="dot">
        unsaved changes
      </Badge>
    )
  if (!version) return <Badge variant="secondary">empty</Badge>
  if (version.is_deployed) {
    return (
      <Badge variant="success" appearance="dot">
        version {version.number} serves
      </Badge>
    )
  }
  return <Badge variant="secondary">version {version.number}, not deployed</Badge>
}

function MoreMenu({ gatewayId, name, version, change }: RouteScope): ReactElement {
  const { org, can } = useSession()
  const [dialog, setDialog] = useState<'rename' | 'remove'>()
  const exportIt = (): void => {
    api('GET /gateways/:id/routes/:route/export', {
      params: { id: gatewayId, route: name },
      query: { org_id: org.id, ...(version && { version: version.id }) },
    })
      .then((route) => downloadJson(`${name}.json`, route))
      .catch((error: Error) => notify({ title: 'Not exported', description: error.message, variant: 'error' }))
  }
  return (
    <>
      <DropdownMenu>
        <DropdownMenu.Trigger render={<Button shape="square" icon={DotsThreeIcon} aria-label="More" />} />
        <DropdownMenu.Content align="end">
          <DropdownMenu.Item icon={DownloadSimpleIcon} onClick={exportIt}>
            Export JSON
          </DropdownMenu.Item>
          {can('admin') && (
            <>
              <DropdownMenu.Item icon={PencilSimpleIcon} onClick={() => setDialog('rename')}>
                Rename
              </DropdownMenu.Item>
              <DropdownMenu.Separator />
              <DropdownMenu.Item icon={TrashIcon} variant="danger" onClick={() => setDialog('remove')}>
                Remove
              </DropdownMenu.Item>
            </>
          )}
        </DropdownMenu.Content>
      </DropdownMenu>
      {dialog === 'rename' && (
        <RenameRoute gatewayId={gatewayId} name={name} change={change} onClose={() => setDialog(undefined)} />
      )}
      {dialog === 'remove' && (
        <RemoveRoute gatewayId={gatewayId} name={name} change={change} onClose={() => setDialog(undefined)} />
      )}
    </>
  )
}
