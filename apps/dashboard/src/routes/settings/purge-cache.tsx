import type { ReactElement } from 'react'
import { useWrite } from '../../api/use-write.ts'
import { useSession } from '../../session/use-session.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'

/** Forgets all answers that a gateway has kept. */
export function PurgeCache({ gatewayId, onClose }: { gatewayId: string; onClose(): void }): ReactElement {
  const { org } = useSession()
  const purge = useWrite('POST /gateways/:id/cache/purge', { success: 'Cache purged', onSuccess: onClose })
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Purge the cache of “${gatewayId}”?`}
      confirm="Purge"
      isPending={purge.isPending}
      onConfirm={() => purge.mutate({ params: { id: gatewayId }, query: { org_id: org.id } })}
    >
      Equal requests go to their providers again, and cost again.
    </ConfirmDialog>
  )
}
