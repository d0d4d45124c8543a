import { describeCondition, toRows } from './condition-rows.ts'
import type { RouteNode } from './element.ts'

/** What an element does, in one line. */
export function describeElement({ type, properties = {}, outputs }: RouteNode): string {
  if (type === 'model') return `${String(properties['provider'] ?? '?')}/${String(properties['model'] ?? '?')}`
  if (type === 'percentage') return Object.keys(outputs).join(' / ')
  if (type === 'conditional') return describeConditions(properties['conditions'])
  if (type === 'rate') return describeLimit(properties)
  return type === 'start' ? 'every request' : type === 'end' ? 'the walk is over' : type
}

function describeConditions(conditions: unknown): string {
  const rows = toRows(conditions)
  if (!rows) return 'conditions in JSON'
  return rows.map(describeCondition).join(' and ') || 'no condition'
}

function describeLimit({ limitType, limit, window, key }: Readonly<Record<string, unknown>>): string {
  const amount = limitType === 'cost' ? `$${String(limit)}` : `${String(limit)} requests`
  return `${amount} each ${times[String(window)] ?? `${String(window)} s`} by ${String(key ?? '?')}`
}

const times: Readonly<Record<string, string>> = { '60': 'minute', '3600': 'hour', '86400': 'day', '604800': 'week' }
