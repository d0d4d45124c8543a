import { Button } from '@cloudflare/kumo/components/button'
import { useState, type FormEvent, type ReactElement } from 'react'
import { useWrite } from '../../api/use-write.ts'
import { useSession } from '../../session/use-session.ts'
import { Card } from '../../ui/card.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { WriteButton } from '../../ui/write-button.tsx'
import { PolicyForm } from './policy-form.tsx'
import { toDraft, toPolicy } from './policy-draft.ts'
import { useGateway, type TaggedGateway } from './use-gateway.ts'

/** How a gateway chooses where callers leave it to it. */
export function PolicyCard({ gatewayId }: { gatewayId: string }): ReactElement {
  const { data, error, refetch } = useGateway(gatewayId)
  if (error && !data) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton className="h-96 w-full" />
  return <PolicyEditor key={`${gatewayId} ${data.tag}`} read={data} />
}

function PolicyEditor({ read: { gateway, tag } }: { read: TaggedGateway }): ReactElement {
  const { org, can } = useSession()
  const before = toDraft(gateway.settings.routing ?? {})
  const [draft, setDraft] = useState(before)
  const save = useWrite('PUT /gateways/:id', {
    invalidates: ['GET /gateways/:id', 'GET /gateways'],
    success: 'Routing saved',
  })
  const isChanged = JSON.stringify(toPolicy(draft)) !== JSON.stringify(toPolicy(before))
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault()
    const { routing: _, ...settings } = gateway.settings
    const routing = toPolicy(draft)
    save.mutate({
      params: { id: gateway.id },
      query: { org_id: org.id },
      body: { settings: { ...settings, ...(routing && { routing }) } },
      ...(tag !== null && { headers: { 'if-match': tag } }),
    })
  }
  return (
    <Card title="Policy" note={`of the gateway “${gateway.id}”, where callers name auto for a model`}>
      <form onSubmit={onSubmit} className="flex max-w-3xl flex-col gap-5">
        <PolicyForm draft={draft} onChange={setDraft} isReadOnly={!can('admin')} />
        {save.error && <ErrorNote error={save.error} />}
        <div className="flex gap-2 border-t border-kumo-hairline pt-4">
          <WriteButton needs="admin" type="submit" variant="primary" loading={save.isPending} disabled={!isChanged}>
            Save
          </WriteButton>
          {isChanged && <Button onClick={() => setDraft(before)}>Discard changes</Button>}
        </div>
      </form>
    </Card>
  )
}
