import type { AlertRule } from './alert-rule.ts'
import type { Measurement } from './measurement.ts'
import { ruleKinds, type RuleKindFacts } from './rule-kinds.ts'

type Known = Measurement & { value: number }
type Say = (value: number) => string

const round = (value: number, digits: number): string => String(Number(value.toFixed(digits)))

/** Without an exponent. */
const plain = (value: number): string => value.toFixed(12).replace(/0+$/, '')

/** A value with its unit. */
const say: Readonly<Record<RuleKindFacts['unit'], Say>> = {
  /** Cents, and below a dollar to three digits. */
  usd: (value) => `$${value >= 1 || value === 0 ? round(value, 2) : plain(Number(value.toPrecision(3)))}`,
  share: (value) => `${round(value * 100, 1)} %`,
  requests: (value) => `${value} requests`,
  minutes: (value) => `${Math.floor(value)} minutes`,
  event: String,
}

const minutes = (ms: number): string => `${Math.round(ms / 60_000)} minutes`

/** Sentences by kind; the events of the gateway say themselves what happened. */
const sentences: Partial<Record<AlertRule['kind'], (label: string, value: string, rule: AlertRule) => string>> = {
  spend_per_hour: (label, value) => `${value} were spent in this hour (${label})`,
  error_rate: (label, value, { windowMs }) => `${value} of the requests of ${minutes(windowMs)} failed (${label})`,
  error_pattern: (label, value, { errorType, windowMs }) =>
    `${value} failed with ${errorType ?? 'errors'} within ${minutes(windowMs)} (${label})`,
  model_health: (label, value) => `${label} fails (${value})`,
  budget_used: (label, value) => `${value} of the budget ${label} are spent`,
  neurons: (_, value) => `${value} of the day’s free neurons are used`,
  no_data: (label, value) => `There was no request for ${value} (${label})`,
}

/** What is the matter, in a sentence: the value, and the threshold that it reached. */
export function describeMeasurement(rule: AlertRule, { label, value, detail }: Known, threshold: number): string {
  const { unit } = ruleKinds[rule.kind]
  const sentence = sentences[rule.kind]
  if (!sentence) return detail ?? label
  const what = sentence(label, say[unit](value), rule)
  return `${what}; the threshold is ${say[unit](threshold)}.${detail === undefined ? '' : ` ${detail}`}`
}
