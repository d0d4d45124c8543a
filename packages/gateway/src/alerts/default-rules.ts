import { ruleKinds, type RuleKindFacts } from './rule-kinds.ts'
import type { AlertRule, RuleKind } from './alert-rule.ts'

/** Kinds of rules that everyone has from the start. */
const byDefault: readonly RuleKind[] = [
  'spend_per_hour',
  'budget_used',
  'neurons',
  'unknown_price',
  'limits_unchecked',
  'budget_unavailable',
  'budget_exceeded',
  'budget_passed',
  'neurons_exhausted',
  'key_rejected',
]

/** A rule of a kind as it is where nobody says otherwise. */
export function ruleOf(kind: RuleKind, orgId: string | null): Omit<AlertRule, 'id' | 'createdAt' | 'updatedAt'> {
  const { name, warning, critical, windowMs }: RuleKindFacts = ruleKinds[kind]
  return {
    orgId,
    name,
    kind,
    isEnabled: true,
    filter: {},
    errorType: null,
    warning,
    critical,
    windowMs,
    leastRequests: kind === 'error_rate' ? 20 : 1,
    cooldownMs: 3_600_000,
    channels: null,
    digest: 'immediately',
    notifyResolved: true,
  }
}

/** The id of the rule of a kind that is there by default. */
export const defaultRuleId = (kind: RuleKind): string => `default-${kind}`

/** The rules that are there without anybody having made them. */
export function defaultRules(orgId: string | null): AlertRule[] {
  return byDefault
    .filter((kind) => ruleKinds[kind].owners.includes(orgId === null ? 'operator' : 'org'))
    .map((kind) => ({ ...ruleOf(kind, orgId), id: defaultRuleId(kind), createdAt: 0, updatedAt: 0 }))
}

/** An owner's rules: the defaults, where they were not changed, and those that were made. */
export function withDefaults(orgId: string | null, stored: readonly AlertRule[]): AlertRule[] {
  const changed = new Set(stored.map(({ id }) => id))
  return [...defaultRules(orgId).filter(({ id }) => !changed.has(id)), ...stored]
}
