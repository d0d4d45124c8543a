import type { ReactElement } from 'react'
import { useWrite } from '../../api/use-write.ts'
import { useSession } from '../../session/use-session.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import type { GatewayKey } from './gateway-keys-card.tsx'

/** Ends a key for good. */
export function RevokeKey({ gatewayKey, onClose }: { gatewayKey: GatewayKey; onClose(): void }): ReactElement {
  const { org } = useSession()
  const revoke = useWrite('DELETE /gateway-keys/:id', {
    invalidates: ['GET /gateway-keys'],
    success: 'Key revoked',
    onSuccess: onClose,
  })
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Revoke ${gatewayKey.name}?`}
      confirm="Revoke"
      isPending={revoke.isPending}
      onConfirm={() => revoke.mutate({ params: { id: gatewayKey.id }, query: { org_id: org.id } })}
    >
      Whoever uses it is refused within ten seconds, everywhere. This cannot be undone.
    </ConfirmDialog>
  )
}
