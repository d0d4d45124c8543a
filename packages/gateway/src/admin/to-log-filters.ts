import { GatewayError } from '@gw/headers'
import { isLogFilterKey, logFilterKeys, type LogFilter } from '../logs/log-filter.ts'
import type { WireFilter } from './filters-schema.ts'

/** Filters that rows can fulfil. @throws GatewayError `invalid_request` naming a key that they do not have */
export function toLogFilters(filters: readonly WireFilter[]): LogFilter[] {
  return filters.map(({ key, ...filter }) => {
    if (isLogFilterKey(key)) return { key, ...filter }
    throw new GatewayError(
      'invalid_request',
      `filters: rows have no "${key.slice(0, 100)}". Use one of ${Object.keys(logFilterKeys).join(', ')}, metadata.<name>.`,
      { detail: { param: 'filters' } },
    )
  })
}
