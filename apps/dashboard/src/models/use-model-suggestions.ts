import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { apiQuery } from '../api/api-query.ts'
import { useSession } from '../session/use-session.ts'
import type { Suggestion } from '../ui/suggest.ts'
import { allModelsQuery, type Model } from './all-models-query.ts'

const strategies: readonly Suggestion[] = [
  { value: 'auto', note: 'the gateway’s strategy' },
  { value: 'auto/cheapest', note: 'strategy' },
  { value: 'auto/fastest', note: 'strategy' },
  { value: 'auto/quality', note: 'strategy' },
  { value: 'auto/balanced', note: 'strategy' },
]

/** What can stand where a model does: strategies, the gateway's dynamic routes, and models that chat. */
export function useModelSuggestions(gatewayId: string): readonly Suggestion[] {
  const { org } = useSession()
  const { data: models } = useQuery(allModelsQuery(org.id))
  const { data: routes } = useQuery(
    apiQuery('GET /gateways/:id/routes', { params: { id: gatewayId }, query: { org_id: org.id } }),
  )
  return useMemo(
    () => [
      ...strategies,
      ...(routes?.data ?? []).map(({ model }) => ({ value: model, note: 'dynamic route' })),
      ...chatModels(models ?? []),
    ],
    [models, routes],
  )
}

function chatModels(models: readonly Model[]): Suggestion[] {
  return models
    .filter(({ capabilities }) => capabilities.includes('chat'))
    .toSorted((one, other) => Number(other.in_default_pool) - Number(one.in_default_pool))
    .map(({ id, input_per_million_usd: input, output_per_million_usd: output }) => ({
      value: id,
      ...(input !== null && output !== null && { note: `$${input} / $${output}` }),
    }))
}
