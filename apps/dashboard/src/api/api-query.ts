import { queryOptions } from '@tanstack/react-query'
import type { Answer, Api, Options } from './admin-api.ts'
import { ask } from './api.ts'

/** The operations that read. */
export type ReadKey = Extract<keyof Api, `GET ${string}`>

/**
 * A query of TanStack Query for an operation that reads. Its key is the operation with its values, so that all queries of
 * an operation can be invalidated together.
 * @example const budgets = useQuery(apiQuery('GET /budgets', { query: { org_id: org.id } }))
 */
export function apiQuery<K extends ReadKey>(operation: K, options: Options<K>) {
  return queryOptions({
    queryKey: [operation, options] as const,
    queryFn: async ({ signal }): Promise<Answer<K>> => ask(operation, { ...options, signal }),
  })
}
