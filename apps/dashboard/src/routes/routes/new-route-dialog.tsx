import { Input } from '@cloudflare/kumo/components/input'
import { cn } from '@cloudflare/kumo/utils'
import { useState, type ReactElement } from 'react'
import { useWrite } from '../../api/use-write.ts'
import { useSession } from '../../session/use-session.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { templates } from './templates.ts'

interface NewRouteDialogProps {
  gatewayId: string
  onClose(): void
  onMade(name: string): void
}

/** Makes a route of a template, as a draft that serves nobody yet. */
export function NewRouteDialog({ gatewayId, onClose, onMade }: NewRouteDialogProps): ReactElement {
  const { org } = useSession()
  const [name, setName] = useState('')
  const [templateId, setTemplateId] = useState(templates[0]?.id)
  const add = useWrite('POST /gateways/:id/routes', {
    invalidates: ['GET /gateways/:id/routes'],
    success: 'Route made',
    onSuccess: (route) => onMade(route.name),
  })
  const save = (): void => {
    const elements = [...(templates.find(({ id }) => id === templateId)?.elements ?? [])]
    add.mutate({
      params: { id: gatewayId },
      query: { org_id: org.id },
      body: { name: name.trim(), elements, draft: true },
    })
  }
  return (
    <FormDialog
      isOpen
      onClose={onClose}
      title="New route"
      description="A draft: it serves nobody until you deploy it."
      submit="Make it"
      onSubmit={save}
      isPending={add.isPending}
      error={add.error}
    >
      <Input
        label="Name"
        description={`Callers name it as a model: dynamic/${name.trim() || 'name'}`}
        placeholder="support"
        value={name}
        onChange={(event) => setName(event.target.value)}
        required
        maxLength={64}
      />
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-2 font-medium">Begin with</legend>
        {templates.map(({ id, title, note }) => (
          <label
            key={id}
            className={cn(
              'flex cursor-pointer gap-3 rounded-lg px-3 py-2 ring ring-kumo-line has-focus-visible:outline-2 has-focus-visible:outline-kumo-brand',
              id === templateId ? 'bg-kumo-tint ring-kumo-brand' : 'hover:bg-kumo-tint',
            )}
          >
            <input
              type="radio"
              name="template"
              className="mt-1 self-start accent-kumo-brand"
              checked={id === templateId}
              onChange={() => setTemplateId(id)}
            />
            <span>
              <span className="block font-medium">{title}</span>
              <span className="block text-sm text-kumo-subtle">{note}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </FormDialog>
  )
}
