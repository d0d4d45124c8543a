import type { RuleKind } from './alert-rule.ts'

/** What there is to know of a kind of rule. */
export interface RuleKindFacts {
  /** What a rule is called where nobody says otherwise. */
  name: string
  /** Who can have such a rule. */
  owners: readonly ('org' | 'operator')[]
  /** Usual thresholds. */
  warning: number | null
  critical: number | null
  /** Usual window, ms. */
  windowMs: number
  /** What the value is, for people. */
  unit: 'usd' | 'share' | 'requests' | 'minutes' | 'event'
  /** Whether only some requests can be meant. */
  takesFilter: boolean
}

const hourMs = 3_600_000
const fiveMinutesMs = 300_000

const both = ['org', 'operator'] as const
const org = ['org'] as const
const operator = ['operator'] as const

/** An event is kept once an hour, so that it goes on within two. */
const event = { unit: 'event', windowMs: 2 * hourMs, takesFilter: false } as const
const warns = { warning: 1, critical: null } as const
const isCritical = { warning: null, critical: 1 } as const

/** Every kind of rule. */
export const ruleKinds: Readonly<Record<RuleKind, RuleKindFacts>> = {
  spend_per_hour: {
    name: 'Spend per hour',
    owners: both,
    warning: 1,
    critical: 5,
    windowMs: hourMs,
    unit: 'usd',
    takesFilter: true,
  },
  error_rate: {
    name: 'Error rate',
    owners: both,
    warning: 0.05,
    critical: 0.25,
    windowMs: fiveMinutesMs,
    unit: 'share',
    takesFilter: true,
  },
  error_pattern: {
    name: 'Errors of one type',
    owners: both,
    warning: 10,
    critical: null,
    windowMs: fiveMinutesMs,
    unit: 'requests',
    takesFilter: true,
  },
  model_health: {
    name: 'Model health',
    owners: org,
    ...warns,
    windowMs: fiveMinutesMs,
    unit: 'share',
    takesFilter: false,
  },
  budget_used: {
    name: 'Budget used',
    owners: org,
    warning: 0.8,
    critical: 1,
    windowMs: hourMs,
    unit: 'share',
    takesFilter: false,
  },
  neurons: {
    name: 'Neurons of the day',
    owners: operator,
    warning: 0.8,
    critical: 1,
    windowMs: hourMs,
    unit: 'share',
    takesFilter: false,
  },
  no_data: {
    name: 'No requests',
    owners: both,
    warning: 30,
    critical: null,
    windowMs: hourMs,
    unit: 'minutes',
    takesFilter: true,
  },
  unknown_price: { name: 'Unknown price', owners: org, ...warns, ...event },
  limits_unchecked: { name: 'Limits unchecked', owners: operator, ...isCritical, ...event },
  budget_unavailable: { name: 'Budgets unavailable', owners: operator, ...isCritical, ...event },
  budget_exceeded: { name: 'Budget refuses requests', owners: org, ...warns, ...event },
  budget_passed: { name: 'Budget passed', owners: org, ...warns, ...event },
  neurons_exhausted: { name: 'Neurons used up', owners: both, ...warns, ...event },
  key_rejected: { name: 'Provider key rejected', owners: both, ...warns, ...event },
}
