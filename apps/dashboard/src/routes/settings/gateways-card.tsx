import { Button } from '@cloudflare/kumo/components/button'
import { useQuery } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'
import { apiQuery } from '../../api/api-query.ts'
import { useSession } from '../../session/use-session.ts'
import { Card } from '../../ui/card.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { WriteButton } from '../../ui/write-button.tsx'
import { GatewayEditor } from './gateway-editor.tsx'
import { NewGateway } from './new-gateway.tsx'
import { PurgeCache } from './purge-cache.tsx'
import { RemoveGateway } from './remove-gateway.tsx'

interface GatewaysCardProps {
  gatewayId: string
  onChoose(id: string): void
}

/** One gateway's settings at a time. */
export function GatewaysCard({ gatewayId, onChoose }: GatewaysCardProps): ReactElement {
  const { org } = useSession()
  const gateways = useQuery(apiQuery('GET /gateways', { query: { org_id: org.id } }))
  const [open, setOpen] = useState<'new' | 'purge' | 'remove'>()
  const chosen = gateways.data?.data.find(({ id }) => id === gatewayId)
  const close = (): void => setOpen(undefined)
  return (
    <Card
      title="Gateway"
      actions={
        <>
          <WriteButton needs="admin" size="sm" onClick={() => setOpen('purge')}>
            Purge cache
          </WriteButton>
          {gatewayId !== 'default' && (
            <WriteButton needs="admin" size="sm" onClick={() => setOpen('remove')}>
              Remove
            </WriteButton>
          )}
          <WriteButton needs="admin" size="sm" onClick={() => setOpen('new')}>
            Add gateway
          </WriteButton>
        </>
      }
    >
      {gateways.error && <ErrorNote error={gateways.error} onRetry={() => void gateways.refetch()} />}
      {gateways.isPending && <Skeleton className="h-96 w-full" />}
      {gateways.data && (
        <div className="mb-5 max-w-72">
          <SelectField
            label="Gateway"
            value={gatewayId}
            onChange={onChoose}
            items={Object.fromEntries(gateways.data.data.map(({ id }) => [id, id]))}
          />
        </div>
      )}
      {gateways.data && !chosen && (
        <p className="text-kumo-subtle">
          There is no gateway “{gatewayId}”.{' '}
          <Button size="sm" onClick={() => onChoose('default')}>
            Show the default one
          </Button>
        </p>
      )}
      {chosen && <GatewayEditor key={chosen.id} gateway={chosen} />}
      {open === 'new' && <NewGateway onClose={close} onMade={onChoose} />}
      {open === 'purge' && <PurgeCache gatewayId={gatewayId} onClose={close} />}
      {open === 'remove' && (
        <RemoveGateway
          gatewayId={gatewayId}
          onClose={close}
          onRemoved={() => {
            close()
            onChoose('default')
          }}
        />
      )}
    </Card>
  )
}
