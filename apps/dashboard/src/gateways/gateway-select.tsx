import { Select } from '@cloudflare/kumo/components/select'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { apiQuery } from '../api/api-query.ts'
import { useSession } from '../session/use-session.ts'

interface GatewaySelectProps {
  value: string
  onChange(id: string): void
  /** Shown above it; without, it is for screen readers alone. */
  label?: string
}

/** Chooses one of the organisation's gateways. */
export function GatewaySelect({ value, onChange, label }: GatewaySelectProps): ReactElement {
  const { org } = useSession()
  const { data } = useQuery(apiQuery('GET /gateways', { query: { org_id: org.id } }))
  const ids = [...new Set(['default', ...(data?.data ?? []).map(({ id }) => id), value])]
  return (
    <Select
      {...(label === undefined ? { 'aria-label': 'Gateway' } : { label })}
      value={value}
      onValueChange={(next: string | null) => {
        if (next !== null) onChange(next)
      }}
      items={Object.fromEntries(ids.map((id) => [id, label === undefined ? `Gateway: ${id}` : id]))}
    />
  )
}
