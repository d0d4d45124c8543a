import { useQueries, useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { apiQuery } from '../../api/api-query.ts'
import { useSession } from '../../session/use-session.ts'
import { SelectField } from '../../ui/select-field.tsx'
import type { Budget } from './budgets-card.tsx'

interface ScopeSelectProps {
  scope: Exclude<Budget['scope'], 'org'>
  value: string | undefined
  onChange(id: string | undefined): void
}

const labels = { user: 'User', gateway_key: 'Gateway key', gateway: 'Gateway', route: 'Route' } as const
const none = '-'

/** Which user, key, gateway or route. */
export function ScopeSelect({ scope, value, onChange }: ScopeSelectProps): ReactElement {
  const choices = useChoices()[scope]
  const items = { [none]: choices.length === 0 ? 'There is none yet' : 'Choose one', ...Object.fromEntries(choices) }
  return (
    <SelectField
      label={labels[scope]}
      value={value ?? none}
      onChange={(id) => onChange(id === none ? undefined : id)}
      items={items}
    />
  )
}

type Choices = readonly (readonly [id: string, name: string])[]

function useChoices(): Record<ScopeSelectProps['scope'], Choices> {
  const { org } = useSession()
  const query = { org_id: org.id }
  const { data: members } = useQuery(apiQuery('GET /orgs/:org/members', { params: { org: org.id } }))
  const { data: keys } = useQuery(apiQuery('GET /gateway-keys', { query }))
  const { data: gateways } = useQuery(apiQuery('GET /gateways', { query }))
  const routes = useQueries({
    queries: (gateways?.data ?? []).map(({ id }) => apiQuery('GET /gateways/:id/routes', { params: { id }, query })),
  })
  return {
    user: (members?.data ?? []).map(({ user_id, name, email }) => [user_id, `${name} (${email})`]),
    gateway_key: (keys?.data ?? [])
      .filter(({ revoked_at }) => revoked_at === null)
      .map(({ id, name, last_four }) => [id, `${name} …${last_four}`]),
    gateway: (gateways?.data ?? []).map(({ id }) => [id, id]),
    route: routes.flatMap(({ data }) => (data?.data ?? []).map(({ id, name }) => [id, name] as const)),
  }
}
