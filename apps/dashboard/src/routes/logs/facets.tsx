import { useQueries } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { apiQuery } from '../../api/api-query.ts'
import { hasFilter, toggleFilter, type Query } from '../../filters/filter.ts'
import { formatShort } from '../../format/number.ts'
import { useNames } from '../../names/use-names.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { LogScope } from './use-log-rows.ts'

const facetKeys = [
  { key: 'provider', label: 'Provider' },
  { key: 'model', label: 'Model' },
  { key: 'error_type', label: 'Error' },
  { key: 'gateway_key_id', label: 'Gateway key' },
  { key: 'user_id', label: 'User' },
  { key: 'cache_status', label: 'Cache' },
  { key: 'key_source', label: 'Key source' },
] as const

const statuses = [
  { value: 'ok', label: 'Answered' },
  { value: 'error', label: 'Failed' },
]

interface FacetsProps {
  scope: LogScope
  onChange(query: Query): void
}

/** What the rows of the time have in common, to choose from; the same search as in the filter field. */
export function Facets({ scope, onChange }: FacetsProps): ReactElement {
  const { orgId, range, query } = scope
  const names = useNames()
  const answers = useQueries({
    queries: facetKeys.map(({ key }) =>
      apiQuery('GET /analytics/values', { query: { org_id: orgId, from: range.from, to: range.to, key, limit: 8 } }),
    ),
  })
  return (
    <div className="flex flex-col gap-4 text-sm">
      <Facet label="Status">
        {statuses.map(({ value, label }) => (
          <Choice
            key={value}
            label={label}
            isChosen={hasFilter(query, 'status', value)}
            onToggle={() => onChange(toggleFilter(query, 'status', value))}
          />
        ))}
      </Facet>
      {facetKeys.map(({ key, label }, index) => {
        const values = answers[index]?.data?.data
        if (values && (values.length === 0 || (values.length === 1 && values[0]?.value === ''))) return null
        return (
          <Facet key={key} label={label}>
            {values ? (
              values.map(({ value, requests }) => {
                const chosen = value === '' ? null : value
                return (
                  <Choice
                    key={value}
                    label={names(key, value)}
                    count={requests}
                    isChosen={hasFilter(query, key, chosen)}
                    onToggle={() => onChange(toggleFilter(query, key, chosen))}
                  />
                )
              })
            ) : (
              <Skeleton className="h-16 w-full" />
            )}
          </Facet>
        )
      })}
    </div>
  )
}

function Facet({ label, children }: { label: string; children: ReactElement | ReactElement[] }): ReactElement {
  return (
    <fieldset className="min-w-0">
      <legend className="pb-1 text-kumo-subtle">{label}</legend>
      {children}
    </fieldset>
  )
}

interface ChoiceProps {
  label: string
  count?: number
  isChosen: boolean
  onToggle(): void
}

function Choice({ label, count, isChosen, onToggle }: ChoiceProps): ReactElement {
  return (
    <label className="-mx-1.5 flex h-7 cursor-pointer items-center gap-2 rounded px-1.5 hover:bg-kumo-tint">
      <input
        type="checkbox"
        checked={isChosen}
        onChange={onToggle}
        className="size-3.5 shrink-0 accent-(--color-kumo-brand)"
      />
      <span className="min-w-0 flex-1 truncate" title={label}>
        {label}
      </span>
      {count !== undefined && <span className="text-kumo-subtle tabular-nums">{formatShort(count)}</span>}
    </label>
  )
}
