import { useQueries } from '@tanstack/react-query'
import { apiQuery } from '../../api/api-query.ts'
import { formatFilters, withFilter } from '../../filters/filter.ts'
import { useSession } from '../../session/use-session.ts'
import { useBreakdown, type Scope } from './use-analytics.ts'
import { toErrorMatrix, type ErrorMatrix } from './to-error-matrix.ts'

export type { ErrorMatrix }

/** Providers with errors that get a column. */
const mostProviders = 6

/** Errors by type for each of the providers that had most. */
export function useErrorMatrix(scope: Scope): { matrix: ErrorMatrix | undefined; error: Error | null; retry(): void } {
  const { org } = useSession()
  const byProvider = useBreakdown(scope, { groupBy: 'provider', orderBy: 'errors', limit: mostProviders })
  const providers = byProvider.data?.data.filter(({ errors }) => errors > 0).map(({ value }) => value) ?? []
  const { from, to } = scope.range
  const byType = useQueries({
    queries: providers.map((provider) => {
      const { filters } = withFilter(scope.query, 'provider', provider === '' ? null : provider)
      const query = {
        org_id: org.id,
        from,
        to,
        filters: formatFilters(filters),
        group_by: 'error_type',
        order_by: 'errors' as const,
      }
      return apiQuery('GET /analytics/breakdown', { query })
    }),
  })
  const answers = byType.map(({ data }) => data)
  const isReady = byProvider.data !== undefined && answers.every((answer) => answer !== undefined)
  const retry = (): void => {
    void byProvider.refetch()
    for (const one of byType) void one.refetch()
  }
  return {
    matrix: isReady
      ? toErrorMatrix(
          providers,
          answers.map((answer) => answer?.data ?? []),
        )
      : undefined,
    error: byProvider.error ?? byType.find(({ error }) => error)?.error ?? null,
    retry,
  }
}
