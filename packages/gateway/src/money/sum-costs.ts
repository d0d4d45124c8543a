import type { Usage } from '@gw/catalog'
import { nothing, type AnswerCost } from './cost-of-answer.ts'

/** What the parts of one answer came to together; nobody knows the whole where nobody knows a part. */
export function sumCosts(parts: readonly AnswerCost[]): AnswerCost {
  const [first = nothing, ...others] = parts
  return others.reduce(add, first)
}

function add(one: AnswerCost, other: AnswerCost): AnswerCost {
  if (other.usage_source === 'free_failed' && other.cost_nano_usd === 0) return one
  const isReported = one.usage_source === 'reported' && other.usage_source === 'reported'
  return {
    usage: sumUsage(one.usage, other.usage),
    usage_source: isReported ? 'reported' : 'estimated',
    cost_nano_usd: plus(one.cost_nano_usd, other.cost_nano_usd),
    bill: [...one.bill, ...other.bill],
    price_version: other.price_version ?? one.price_version,
    milli_neurons: one.milli_neurons === null ? other.milli_neurons : plus(one.milli_neurons, other.milli_neurons ?? 0),
  }
}

const plus = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? null : one + other

function sumUsage(one: Usage, other: Usage): Usage {
  const classes = new Map(Object.entries(one))
  for (const [name, count] of Object.entries(other)) classes.set(name, (classes.get(name) ?? 0) + count)
  return Object.fromEntries(classes)
}
