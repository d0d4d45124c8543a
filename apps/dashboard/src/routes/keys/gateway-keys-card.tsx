import { KeyIcon } from '@phosphor-icons/react'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState, type ReactElement } from 'react'
import type { Answer } from '../../api/admin-api.ts'
import { apiQuery } from '../../api/api-query.ts'
import { useNames } from '../../names/use-names.ts'
import { useFormatTime } from '../../preferences/time-zone.ts'
import { useSession } from '../../session/use-session.ts'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { WriteButton } from '../../ui/write-button.tsx'
import { GatewayKeyDialog } from './gateway-key-dialog.tsx'
import { gatewayKeyColumns } from './gateway-key-columns.tsx'
import { RevokeKey } from './revoke-key.tsx'
import { RotateKey } from './rotate-key.tsx'

export type GatewayKey = Answer<'GET /gateway-keys'>['data'][number]

type Open = { kind: 'edit' | 'rotate' | 'revoke'; key: GatewayKey } | { kind: 'new' }

/** Keys of callers. */
export function GatewayKeysCard(): ReactElement {
  const { org, user, can } = useSession()
  const names = useNames()
  const formatTime = useFormatTime()
  const keys = useQuery(apiQuery('GET /gateway-keys', { query: { org_id: org.id } }))
  const [open, setOpen] = useState<Open>()
  const isAdmin = can('admin')
  const userId = user?.id
  const columns = useMemo(
    () =>
      gatewayKeyColumns({
        names,
        formatTime,
        mayChange: (key) => isAdmin || (userId !== undefined && key.user_id === userId),
        onOpen: (kind, key) => setOpen({ kind, key }),
      }),
    [names, formatTime, isAdmin, userId],
  )
  const rows = useMemo(() => keys.data?.data.toSorted((a, b) => b.created_at - a.created_at), [keys.data])
  const close = (): void => setOpen(undefined)
  return (
    <Card
      title="Gateway keys"
      note="the gateway keeps their SHA-256 alone"
      isFlush
      actions={
        <WriteButton needs="member" size="sm" variant="primary" onClick={() => setOpen({ kind: 'new' })}>
          Create key
        </WriteButton>
      }
    >
      {keys.error ? (
        <div className="p-4">
          <ErrorNote error={keys.error} onRetry={() => void keys.refetch()} />
        </div>
      ) : (
        <DataTable
          label="Gateway keys"
          columns={columns}
          rows={rows}
          rowId={({ id }) => id}
          empty={
            <EmptyState icon={KeyIcon} title="Nobody can call the gateway yet">
              Create a key, and send it where an SDK sends the provider’s: as bearer token, x-api-key or x-goog-api-key.
            </EmptyState>
          }
        />
      )}
      {open?.kind === 'new' && <GatewayKeyDialog onClose={close} />}
      {open?.kind === 'edit' && <GatewayKeyDialog gatewayKey={open.key} onClose={close} />}
      {open?.kind === 'rotate' && <RotateKey gatewayKey={open.key} onClose={close} />}
      {open?.kind === 'revoke' && <RevokeKey gatewayKey={open.key} onClose={close} />}
    </Card>
  )
}
