import { Input } from '@cloudflare/kumo/components/input'
import { useState, type ReactElement } from 'react'
import { useWrite } from '../../api/use-write.ts'
import { useSession } from '../../session/use-session.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'

/** Makes a gateway with nothing set. */
export function NewGateway({ onClose, onMade }: { onClose(): void; onMade(id: string): void }): ReactElement {
  const { org } = useSession()
  const [id, setId] = useState('')
  const add = useWrite('PUT /gateways/:id', {
    invalidates: ['GET /gateways'],
    success: 'Gateway added',
    onSuccess: (made) => {
      onClose()
      onMade(made.id)
    },
  })
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="Add gateway"
      description="It has its own settings, cache, routes and limits. Callers name it in the URL or in cf-aig-gateway-id."
      submit="Add"
      onSubmit={() => add.mutate({ params: { id }, query: { org_id: org.id }, body: { settings: {} } })}
      isPending={add.isPending}
      error={add.error}
    >
      <Input
        label="Id"
        description="Lower-case letters, digits, underscores and single hyphens."
        value={id}
        onChange={(event) => setId(event.target.value)}
        required
        maxLength={64}
      />
    </FormDialog>
  )
}
