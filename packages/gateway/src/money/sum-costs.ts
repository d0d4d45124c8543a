import { nothing, type AnswerCost } from './cost-of-answer.ts'
import { sumUsage } from './sum-usage.ts'

/** Price version of a cost that no one model explains: it is not computed anew (`reprice`). */
const ofParts = 'parts'

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
    price_version: other.price_version === 'custom' ? 'custom' : ofParts,
    milli_neurons: one.milli_neurons === null ? other.milli_neurons : plus(one.milli_neurons, other.milli_neurons ?? 0),
  }
}

const plus = (one: number | null, other: number | null): number | null =>
  one === null || other === null ? null : one + other
