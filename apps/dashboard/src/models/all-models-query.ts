import { queryOptions } from '@tanstack/react-query'
import type { Answer } from '../api/admin-api.ts'
import { api } from '../api/api.ts'

/** A model that the gateway can call. */
export type Model = Answer<'GET /models'>['data'][number]

/** Every model of the gateway's providers; they come in pages of a thousand. */
export function allModelsQuery(orgId: string) {
  return queryOptions({
    queryKey: ['GET /models', 'all', orgId] as const,
    staleTime: 60_000,
    queryFn: async ({ signal }): Promise<Model[]> => {
      const models: Model[] = []
      let cursor: string | null = null
      do {
        const query = { org_id: orgId, limit: 1000, ...(cursor !== null && { cursor }) }
        const page: Answer<'GET /models'> = await api('GET /models', { query, signal })
        models.push(...page.data)
        cursor = page.next_cursor
      } while (cursor !== null)
      return models
    },
  })
}
