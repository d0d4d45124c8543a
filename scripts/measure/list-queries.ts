const [hourMs, dayMs] = [3_600_000, 86_400_000]

/** Something to ask a gateway's control plane for. */
export interface MeasuredQuery {
  name: string
  /** Behind `/api/`. */
  path: string
}

const periods = [
  ['24 h', dayMs],
  ['7 d', 7 * dayMs],
  ['30 d', 30 * dayMs],
  ['90 d', 90 * dayMs],
] as const

const model = [{ key: 'model', operator: 'eq', value: ['gpt-4o-mini', 'gemini-2.5-flash'] }]
const error = [{ key: 'error_type', operator: 'neq', value: [null] }]
const team = [{ key: 'metadata.team', operator: 'eq', value: ['search'] }]

const asked: readonly [string, string, Record<string, string | object>][] = [
  ['summary', 'summary', {}],
  ['summary, one filter', 'summary', { filters: model }],
  ['summary, metadata filter', 'summary', { filters: team }],
  ['series', 'series', {}],
  ['series, one filter', 'series', { filters: error }],
  ['series by model', 'series', { group_by: 'model' }],
  ['series by key', 'series', { group_by: 'gateway_key_id' }],
  ['series by metadata.team', 'series', { group_by: 'metadata.team' }],
  ['breakdown by model', 'breakdown', { group_by: 'model' }],
  ['breakdown by key, by requests', 'breakdown', { group_by: 'gateway_key_id', order_by: 'requests' }],
  ['breakdown by user, one filter', 'breakdown', { group_by: 'user_id', filters: model }],
  ['breakdown by metadata.customer', 'breakdown', { group_by: 'metadata.customer' }],
  ['values of provider', 'values', { key: 'provider' }],
  ['names of metadata', 'values', { key: 'metadata' }],
]

/** Every analytics query over every period that ends at `to`, and lists of rows. */
export function listQueries(orgId: string, to: number): MeasuredQuery[] {
  const pathOf = (path: string, query: Record<string, string | object>): string => {
    const search = new URLSearchParams({ org_id: orgId })
    for (const [name, value] of Object.entries(query)) {
      search.set(name, typeof value === 'string' ? value : JSON.stringify(value))
    }
    return `${path}?${search.toString()}`
  }
  const analytics = asked.flatMap(([name, path, query]) =>
    periods.map(([length, ms]) => ({
      name: `${name}, ${length}`,
      // Neither end is one of a day, so that both levels are read.
      path: pathOf(`analytics/${path}`, { from: String(to - ms + hourMs), to: String(to), ...query }),
    })),
  )
  return [
    ...analytics,
    { name: 'forecast', path: pathOf('analytics/forecast', {}) },
    { name: 'list of 50 rows', path: pathOf('logs', { limit: '50' }) },
    { name: 'list of 50 rows, 60 days ago', path: pathOf('logs', { limit: '50', to: String(to - 60 * dayMs) }) },
  ]
}
