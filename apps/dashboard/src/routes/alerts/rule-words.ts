import type { ThresholdUnit } from './format-threshold.ts'

interface KindFacts {
  name: string
  unit: ThresholdUnit
  /** What thresholds are entered in. */
  in: string
  takesFilter: boolean
  /** Who can have such a rule. */
  of: 'org' | 'operator' | 'both'
}

const event = { unit: 'event', in: '', takesFilter: false } as const

/** Every kind of rule, for people. */
export const kindFacts = {
  spend_per_hour: { name: 'Spend per hour', unit: 'usd', in: 'dollars', takesFilter: true, of: 'both' },
  error_rate: { name: 'Error rate', unit: 'share', in: 'share, such as 0.05 or 5%', takesFilter: true, of: 'both' },
  error_pattern: { name: 'Errors of one type', unit: 'requests', in: 'requests', takesFilter: true, of: 'both' },
  budget_used: { name: 'Budget used', unit: 'share', in: 'share, such as 0.8 or 80%', takesFilter: false, of: 'org' },
  no_data: { name: 'No requests', unit: 'minutes', in: 'minutes', takesFilter: true, of: 'both' },
  model_health: { name: 'Model health', ...event, of: 'org' },
  neurons: {
    name: 'Neurons of the day',
    unit: 'share',
    in: 'share, such as 0.8 or 80%',
    takesFilter: false,
    of: 'operator',
  },
  unknown_price: { name: 'Unknown price', ...event, of: 'org' },
  limits_unchecked: { name: 'Limits unchecked', ...event, of: 'operator' },
  budget_unavailable: { name: 'Budgets unavailable', ...event, of: 'operator' },
  budget_exceeded: { name: 'Budget refuses requests', ...event, of: 'org' },
  budget_passed: { name: 'Budget passed', ...event, of: 'org' },
  neurons_exhausted: { name: 'Neurons used up', ...event, of: 'both' },
  key_rejected: { name: 'Provider key rejected', ...event, of: 'both' },
} as const satisfies Record<string, KindFacts>

export type RuleKind = keyof typeof kindFacts

const kinds: readonly RuleKind[] = [
  'spend_per_hour',
  'error_rate',
  'error_pattern',
  'budget_used',
  'no_data',
  'model_health',
  'neurons',
  'unknown_price',
  'limits_unchecked',
  'budget_unavailable',
  'budget_exceeded',
  'budget_passed',
  'neurons_exhausted',
  'key_rejected',
]

/** The kinds that an organisation, or the operator, can have. */
export function kindsFor(isSystem: boolean): RuleKind[] {
  return kinds.filter((kind) => kindFacts[kind].of === 'both' || (kindFacts[kind].of === 'operator') === isSystem)
}
