import { CheckCircleIcon } from '@phosphor-icons/react'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { formatCount } from '../../format/number.ts'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { whyUnanswerable } from './dimensions.ts'
import { logsLink } from './logs-link.ts'
import type { OverviewSearch } from './overview-search.ts'
import type { Scope } from './use-analytics.ts'
import { useErrorMatrix, type ErrorMatrix } from './use-error-matrix.ts'

/** Which kinds of errors which providers had; a cell leads to its requests. */
export function ErrorsCard({ scope, search }: { scope: Scope; search: OverviewSearch }): ReactElement {
  const reason = whyUnanswerable(scope.query.filters, scope.query.words, 'error_type')
  return (
    <Card title="Errors by type and provider" isFlush>
      {reason === undefined ? (
        <Matrix scope={scope} search={search} />
      ) : (
        <p className="p-4 text-kumo-subtle">{reason}</p>
      )}
    </Card>
  )
}

function Matrix({ scope, search }: { scope: Scope; search: OverviewSearch }): ReactElement {
  const { matrix, error, retry } = useErrorMatrix(scope)
  if (error) {
    return (
      <div className="p-4">
        <ErrorNote error={error} onRetry={retry} />
      </div>
    )
  }
  if (!matrix) return <Skeleton className="m-4 h-32" />
  if (matrix.types.length === 0) {
    return (
      <EmptyState icon={CheckCircleIcon} title="No errors in this time">
        Every request got its answer.
      </EmptyState>
    )
  }
  return <MatrixTable matrix={matrix} scope={scope} search={search} />
}

function MatrixTable({
  matrix,
  scope,
  search,
}: {
  matrix: ErrorMatrix
  scope: Scope
  search: OverviewSearch
}): ReactElement {
  const { types, providers, counts, most } = matrix
  const link = (type: string, provider?: string) =>
    logsLink(scope.query, search, [
      { key: 'error_type', value: type },
      // Without a type are those whose callers left, and all that went well.
      ...(type === '' ? [{ key: 'status', value: 'error' }] : []),
      ...(provider === undefined ? [] : [{ key: 'provider', value: provider }]),
    ])
  return (
    <div className="overflow-x-auto">
      <table className="w-full border-collapse text-left" aria-label="Errors by type and provider">
        <thead>
          <tr className="border-b border-kumo-hairline text-sm text-kumo-subtle">
            <th scope="col" className="h-9 px-4 font-normal">
              Error
            </th>
            {providers.map(({ value, label }) => (
              <th key={value} scope="col" className="px-4 text-right font-normal">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {types.map((type) => (
            <tr key={type} className="h-10 border-b border-kumo-hairline last:border-0">
              <th scope="row" className="px-4 text-left font-medium">
                <Link to="/logs" search={link(type)} className="hover:underline">
                  {type === '' ? 'ended early' : type}
                </Link>
              </th>
              {providers.map(({ value }) => {
                const count = counts.get(`${value} ${type}`) ?? 0
                return (
                  <td key={value} className="px-4 text-right tabular-nums">
                    {count === 0 ? (
                      <span className="text-kumo-subtle">–</span>
                    ) : (
                      <Link
                        to="/logs"
                        search={link(type, value)}
                        className="relative inline-block min-w-9 rounded px-2 py-0.5 hover:underline"
                      >
                        <span
                          className="absolute inset-0 rounded bg-kumo-danger"
                          style={{ opacity: 0.08 + 0.25 * (count / most) }}
                          aria-hidden
                        />
                        <span className="relative">{formatCount(count)}</span>
                      </Link>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
