import { GatewayError } from '@gw/headers'
import type { AnalyticsFilter } from '../analytics/analytics-store.ts'
import { dimensions, isDimension, isMetadataKey, type GroupKey } from '../analytics/dimensions.ts'
import { isAnswerable } from '../analytics/metadata-scope.ts'
import type { WireFilter } from './filters-schema.ts'

/** Most texts of all `contains` together; each is a parameter of the database in each part of the period. */
const mostTexts = 20
const keys = `${dimensions.join(', ')}, metadata.<name>`

/** What to group by, or to list the values of. @throws GatewayError `invalid_request` where roll-ups do not have it */
export function toGroupKey(param: 'group_by' | 'key', key: string): GroupKey {
  if (isDimension(key) || isMetadataKey(key)) return key
  throw refusal(param, `roll-ups do not have "${key.slice(0, 100)}". Use one of ${keys}.`)
}

/** Filters that roll-ups can answer. @throws GatewayError `invalid_request` that says what to do with another */
export function toAnalyticsFilters(filters: readonly WireFilter[], groupBy?: GroupKey): AnalyticsFilter[] {
  const found = filters.map(toFilter)
  const texts = found.flatMap(({ operator, values }) => (operator === 'contains' ? values : []))
  if (texts.length > mostTexts) throw refusal('filters', `at most ${mostTexts} texts can be looked for at once.`)
  if (isAnswerable(found, groupBy)) return found
  throw refusal(
    'filters',
    'an entry of metadata stands alone, or with gateway_id: roll-ups do not keep it with other keys. ' +
      'GET /api/logs takes all filters together.',
  )
}

function toFilter({ key, operator, value }: WireFilter): AnalyticsFilter {
  if (!isDimension(key) && !isMetadataKey(key)) {
    throw refusal('filters', `roll-ups do not have "${key.slice(0, 100)}". Use ${keys}, or GET /api/logs.`)
  }
  if (operator === 'lt' || operator === 'gt') {
    throw refusal('filters', `roll-ups do not know ${operator}. Use eq, neq or contains, or GET /api/logs.`)
  }
  return { key, operator, values: value.map((one) => (one === null ? '' : String(one))) }
}

function refusal(param: string, message: string): GatewayError {
  return new GatewayError('invalid_request', `${param}: ${message}`, { detail: { param } })
}
