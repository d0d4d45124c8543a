import type { ReactElement } from 'react'
import { useWrite } from '../../api/use-write.ts'
import { useSession } from '../../session/use-session.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'

interface RemoveGatewayProps {
  gatewayId: string
  onClose(): void
  onRemoved(): void
}

/** Removes a gateway, with its routes. */
export function RemoveGateway({ gatewayId, onClose, onRemoved }: RemoveGatewayProps): ReactElement {
  const { org } = useSession()
  const remove = useWrite('DELETE /gateways/:id', {
    invalidates: ['GET /gateways'],
    success: 'Gateway removed',
    onSuccess: onRemoved,
  })
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Remove the gateway “${gatewayId}”?`}
      confirm="Remove"
      isPending={remove.isPending}
      onConfirm={() => remove.mutate({ params: { id: gatewayId }, query: { org_id: org.id } })}
    >
      Requests that name it are refused. Its dynamic routes are gone; rows of its requests stay.
    </ConfirmDialog>
  )
}
