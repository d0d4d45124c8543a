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

/** Some of the budgets are enough for so many requests, and some are not. */
export function budgetsFor(requests: number): PlannedBudget[] {
  /** A budget for that share of all requests; never less than some requests at once may hold. */
  const forShare = (percent: number): number => Math.round((requests * percent * meanNanoUsd) / 100) + 12_000_000
  const plenty = 1_000_000_000_000
  const hard = (limitNanoUsd: number) => ({ limitNanoUsd, mode: 'hard' }) as const
  const warn = (limitNanoUsd: number) => ({ limitNanoUsd, mode: 'warn' }) as const
  return [
    { name: 'pro org', org: 'load-pro', scope: 'org', whose: null, period: 'month', ...hard(plenty) },
    { name: 'pro ann', org: 'load-pro', scope: 'user', whose: 'ann', period: 'day', ...warn(100_000) },
    { name: 'pay org', org: 'load-pay', scope: 'org', whose: null, period: 'day', ...hard(plenty) },
    { name: 'pay cat', org: 'load-pay', scope: 'user', whose: 'cat', period: 'day', ...hard(forShare(3)) },
    {
      name: 'pay dan key',
      org: 'load-pay',
      scope: 'gateway_key',
      whose: 'pay-dan',
      period: 'total',
      ...hard(forShare(2)),
    },
    { name: 'pay tight', org: 'load-pay', scope: 'gateway', whose: 'tight', period: 'month', ...hard(forShare(3)) },
    { name: 'pay warn', org: 'load-pay', scope: 'org', whose: null, period: 'total', ...warn(1_000_000) },
    { name: 'pay key warn', org: 'load-pay', scope: 'gateway_key', whose: 'pay', period: 'day', ...warn(plenty) },
    { name: 'poor org', org: 'load-poor', scope: 'org', whose: null, period: 'month', ...hard(forShare(5)) },
    { name: 'poor eve', org: 'load-poor', scope: 'user', whose: 'eve', period: 'total', ...hard(plenty) },
  ]
}
