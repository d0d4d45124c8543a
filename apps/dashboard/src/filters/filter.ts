/** One condition, as the API takes it: any of the values, or none of them. */
export interface Filter {
  key: string
  operator: 'eq' | 'neq' | 'contains' | 'lt' | 'gt'
  value: readonly (string | number | boolean | null)[]
}

/** A search: conditions that all hold, and free words. */
export interface Query {
  filters: readonly Filter[]
  words: string
}

export const emptyQuery: Query = { filters: [], words: '' }

/** The API's `filters` parameter; `undefined` without any. */
export function formatFilters(filters: readonly Filter[]): string | undefined {
  return filters.length === 0 ? undefined : JSON.stringify(filters)
}

/** The value of one condition that stands alone for its key, as a facet or a bar of a chart sets it. */
export function withFilter(query: Query, key: string, value: string | null): Query {
  const others = query.filters.filter((filter) => filter.key !== key || filter.operator !== 'eq')
  return { ...query, filters: [...others, { key, operator: 'eq', value: [value] }] }
}

/** Adds a value to what a key may be, or takes it away. */
export function toggleFilter(query: Query, key: string, value: string | null): Query {
  const current = query.filters.find((filter) => filter.key === key && filter.operator === 'eq')
  const values = current?.value ?? []
  const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value]
  const others = query.filters.filter((filter) => filter !== current)
  return { ...query, filters: next.length === 0 ? others : [...others, { key, operator: 'eq', value: next }] }
}

/** Whether a key may be this value by the query's own words. */
export function hasFilter(query: Query, key: string, value: string | null): boolean {
  return query.filters.some((filter) => filter.key === key && filter.operator === 'eq' && filter.value.includes(value))
}
