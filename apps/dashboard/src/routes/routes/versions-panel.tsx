import { Badge } from '@cloudflare/kumo/components/badge'
import { ArrowCounterClockwiseIcon } from '@phosphor-icons/react'
import { useState, type ReactElement } from 'react'
import { useWrite } from '../../api/use-write.ts'
import { useFormatTime } from '../../preferences/time-zone.ts'
import { useSession } from '../../session/use-session.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { WriteButton } from '../../ui/write-button.tsx'
import type { RouteScope } from './route-header.tsx'
import type { Version } from './route-page.tsx'

const invalidates = ['GET /gateways/:id/routes', 'GET /gateways/:id/routes/:route/versions'] as const

/** Versions of the route, newest first; each can serve again. */
export function VersionsPanel({ versions, ...scope }: RouteScope & { versions: readonly Version[] }): ReactElement {
  const { gatewayId, name, version: shown, change } = scope
  const { org } = useSession()
  const formatTime = useFormatTime()
  const [isRollingBack, setIsRollingBack] = useState(false)
  const at = { params: { id: gatewayId, route: name }, query: { org_id: org.id } }
  const deploy = useWrite('POST /gateways/:id/routes/:route/deployments', { invalidates, success: 'Deployed' })
  const rollback = useWrite('POST /gateways/:id/routes/:route/rollback', {
    invalidates,
    success: 'Rolled back',
    onSuccess: ({ version }) => {
      setIsRollingBack(false)
      change({ version: version ? String(version.number) : undefined })
    },
  })
  return (
    <div className="flex flex-col gap-3">
      <WriteButton
        needs="admin"
        size="sm"
        className="self-start"
        icon={ArrowCounterClockwiseIcon}
        onClick={() => setIsRollingBack(true)}
      >
        Roll back
      </WriteButton>
      <ul className="flex flex-col divide-y divide-kumo-hairline" aria-label="Versions">
        {versions.map((version) => (
          <li key={version.id} className="flex flex-wrap items-center gap-2 py-2">
            <button
              type="button"
              aria-current={version.id === shown?.id}
              className="cursor-pointer rounded font-medium hover:underline aria-current:underline"
              onClick={() => change({ version: String(version.number), element: undefined })}
            >
              Version {version.number}
            </button>
            {version.is_deployed && (
              <Badge variant="success" appearance="dot">
                serves
              </Badge>
            )}
            {!version.is_valid && <Badge variant="error">not valid</Badge>}
            <span className="text-sm text-kumo-subtle">{formatTime(version.created_at, 'dayMinute')}</span>
            {version.is_valid && !version.is_deployed && (
              <span className="ml-auto">
                <WriteButton
                  needs="admin"
                  size="sm"
                  aria-label={`Deploy version ${version.number}`}
                  loading={deploy.isPending}
                  onClick={() => deploy.mutate({ ...at, body: { version: version.id } })}
                >
                  Deploy
                </WriteButton>
              </span>
            )}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        isOpen={isRollingBack}
        onClose={() => setIsRollingBack(false)}
        title="Have the version serve that served before?"
        confirm="Roll back"
        isDestructive={false}
        isPending={rollback.isPending}
        onConfirm={() => rollback.mutate(at)}
      >
        It counts at once where it is made, and within ten seconds everywhere. The version that serves now stays in the
        list.
      </ConfirmDialog>
    </div>
  )
}
