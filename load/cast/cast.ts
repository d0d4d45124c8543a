/** What the run prepares in the gateway: organisations with tiers, users, gateways and budgets. */
export interface Cast {
  orgs: readonly { id: string; tier: string }[]
  users: readonly { name: string; org: string; tier: string | null }[]
  gateways: readonly { org: string; id: string; limitPerDay: number | undefined }[]
  budgets: readonly PlannedBudget[]
}

export interface PlannedBudget {
  name: string
  org: string
  scope: 'org' | 'user' | 'gateway_key' | 'gateway'
  /** Name of the user, the caller or the gateway; `null` for the organisation. */
  whose: string | null
  period: 'day' | 'month' | 'total'
  limitNanoUsd: number
  mode: 'hard' | 'warn'
}

/** What one request of the run costs on average, roughly, nano-USD; budgets are a share of what is asked for. */
const meanNanoUsd = 150_000

/** The cast for so many requests: some of the budgets are enough for the run, and some are not. */
export function castFor(requests: number): Cast {
  /** A budget for that share of all requests; never less than some requests at once may hold. */
  const forShare = (percent: number): number => Math.round((requests * percent * meanNanoUsd) / 100) + 12_000_000
  const plenty = 1_000_000_000_000
  return {
    orgs: [
      { id: 'load-free', tier: 'FREE' },
      { id: 'load-pro', tier: 'PROFESSIONAL' },
      { id: 'load-open', tier: 'BUSINESS' },
      { id: 'load-pay', tier: 'BUSINESS' },
      { id: 'load-poor', tier: 'BUSINESS' },
    ],
    users: [
      { name: 'ann', org: 'load-pro', tier: 'PERSONAL' },
      { name: 'bob', org: 'load-pro', tier: null },
      { name: 'cat', org: 'load-pay', tier: null },
      { name: 'dan', org: 'load-pay', tier: null },
      { name: 'eve', org: 'load-poor', tier: null },
    ],
    gateways: [
      { org: 'load-pay', id: 'tight', limitPerDay: undefined },
      { org: 'load-open', id: 'capped', limitPerDay: Math.ceil(requests / 50) },
    ],
    budgets: [
      { name: 'pro org', org: 'load-pro', scope: 'org', whose: null, period: 'month', limitNanoUsd: plenty, mode: 'hard' },
      { name: 'pro ann', org: 'load-pro', scope: 'user', whose: 'ann', period: 'day', limitNanoUsd: 1, mode: 'warn' },
      { name: 'pay org', org: 'load-pay', scope: 'org', whose: null, period: 'day', limitNanoUsd: plenty, mode: 'hard' },
      { name: 'pay cat', org: 'load-pay', scope: 'user', whose: 'cat', period: 'day', limitNanoUsd: forShare(3), mode: 'hard' },
      { name: 'pay dan key', org: 'load-pay', scope: 'gateway_key', whose: 'pay-dan', period: 'total', limitNanoUsd: forShare(2), mode: 'hard' },
      { name: 'pay tight', org: 'load-pay', scope: 'gateway', whose: 'tight', period: 'month', limitNanoUsd: forShare(3), mode: 'hard' },
      { name: 'pay warn', org: 'load-pay', scope: 'org', whose: null, period: 'total', limitNanoUsd: 1_000_000, mode: 'warn' },
      { name: 'pay key warn', org: 'load-pay', scope: 'gateway_key', whose: 'pay', period: 'day', limitNanoUsd: plenty, mode: 'warn' },
      { name: 'poor org', org: 'load-poor', scope: 'org', whose: null, period: 'month', limitNanoUsd: forShare(5), mode: 'hard' },
      { name: 'poor eve', org: 'load-poor', scope: 'user', whose: 'eve', period: 'total', limitNanoUsd: plenty, mode: 'hard' },
    ],
  }
}
