import { Button } from '@cloudflare/kumo/components/button'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { apiQuery } from '../../api/api-query.ts'
import { useWrite } from '../../api/use-write.ts'
import { useSession } from '../../session/use-session.ts'
import { Card } from '../../ui/card.tsx'

/** Made-up requests to look at, all in the gateway `demo`. */
export function DemoCard(): ReactElement {
  const { org } = useSession()
  const queries = useQueryClient()
  const { data: gateways } = useQuery(apiQuery('GET /gateways', { query: { org_id: org.id } }))
  const hasDemo = gateways?.data.some(({ id }) => id === 'demo') ?? false
  // Every page shows something of it.
  const onSuccess = (): void => void queries.invalidateQueries()
  const add = useWrite('POST /demo-data', { success: 'Demo data added', onSuccess })
  const remove = useWrite('DELETE /demo-data', { success: 'Demo data removed', onSuccess })
  return (
    <Card title="Demo data" note={hasDemo ? 'is there' : 'none'}>
      <p className="mb-4 max-w-180 text-kumo-subtle">
        Made-up requests of the last week, in a gateway “demo” of their own. Removing takes all of it away, from the
        roll-ups too, and nothing else.
      </p>
      {hasDemo ? (
        <Button loading={remove.isPending} onClick={() => remove.mutate({ query: { org_id: org.id } })}>
          Remove demo data
        </Button>
      ) : (
        <Button loading={add.isPending} onClick={() => add.mutate({ body: { org_id: org.id } })}>
          Add demo data
        </Button>
      )}
    </Card>
  )
}
