import { readCounters } from '../admin/read-counters.ts'
import type { Budget, BudgetStore } from '../budgets/budget.ts'
import { toCounter } from '../budgets/budget-counters.ts'
import type { Health } from '../health/create-health.ts'
import { ledgerName } from '../ledger/ledger-name.ts'
import type { Ledgers } from '../ledger/ledger.ts'
import { accountOf, neuronCounter } from '../limits/neuron-counter.ts'
import type { AlertEvent, AlertEventStore } from './alert-event.ts'
import type { AlertFilter, AlertRule, RuleKind } from './alert-rule.ts'
import type { Measurement } from './measurement.ts'
import type { RequestFacts } from './request-facts.ts'

export interface MeasureDeps {
  facts: RequestFacts
  events: AlertEventStore
  budgets: BudgetStore
  ledgers: Ledgers
  health: Health
  neuronsPerDay: number
  variables: Readonly<Record<string, string>>
  now(): number
}

/** `undefined` where what a rule looks at cannot be reached just now. */
export type Measure = (rule: AlertRule) => Promise<readonly Measurement[] | undefined>

/** Silence of longer is no news, ms. */
const mostSilenceMs = 7 * 24 * 3_600_000

/** Looks at what one owner's rules are about; what several look at is read once. */
export function createMeasure(orgId: string | null, deps: MeasureDeps): Measure {
  const { facts, now } = deps
  let events: Promise<AlertEvent[]> | undefined
  const ofEvents: Measure = async ({ kind, windowMs }) => {
    events ??= deps.events.listSince(orgId, now() - longestEventMs)
    return toMeasurements((await events).filter((event) => event.kind === kind && event.at >= now() - windowMs))
  }
  const ofRequests = (rule: AlertRule) => {
    const { errorType, filter, windowMs } = rule
    return facts.failures({ orgId, filter, errorType, from: now() - windowMs, now: now() })
  }
  const measures: Partial<Record<RuleKind, Measure>> = {
    spend_per_hour: async ({ filter }) => [
      { ...aboutFilter(filter), value: (await facts.spend({ orgId, filter, from: now() })) / 1e9 },
    ],
    error_rate: async (rule) => {
      const { requests, errors } = await ofRequests(rule)
      const value = requests < rule.leastRequests ? null : errors / Math.max(requests, 1)
      return [{ ...aboutFilter(rule.filter), value, detail: `${errors} of ${requests} requests.` }]
    },
    error_pattern: async (rule) => [{ ...aboutFilter(rule.filter), value: (await ofRequests(rule)).errors }],
    no_data: async ({ filter }) => {
      const at = await facts.lastRequestAt({ orgId, filter, from: now() - mostSilenceMs })
      return at === undefined ? [] : [{ ...aboutFilter(filter), value: (now() - at) / 60_000 }]
    },
    model_health: () => ofHealth(orgId, deps),
    budget_used: () => ofBudgets(orgId, deps),
    neurons: () => ofNeurons(deps),
  }
  return (rule) => (measures[rule.kind] ?? ofEvents)(rule)
}

/** No rule about events looks further back. */
const longestEventMs = 24 * 3_600_000

function toMeasurements(events: readonly AlertEvent[]): Measurement[] {
  const bySubject = new Map(events.toSorted((a, b) => a.at - b.at).map((event) => [event.subject, event]))
  return [...bySubject.values()].map(({ subject, message }) => ({ subject, label: subject, value: 1, detail: message }))
}

/** What requests are meant, as a subject and for people. */
function aboutFilter(filter: AlertFilter): Pick<Measurement, 'subject' | 'label'> {
  const parts = Object.entries(filter).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]))
  return parts.length === 0 ? { subject: 'all', label: 'all requests' } : both(parts.toSorted().join(' '))
}

const both = (text: string) => ({ subject: text, label: text })

async function ofHealth(orgId: string | null, { health }: MeasureDeps): Promise<Measurement[]> {
  if (orgId === null) return []
  const verdicts = await health.read(orgId)
  return [...verdicts].map(([target, { status, reason, uptime }]) => {
    // A rate limit is a rest too, but nothing that is broken.
    const rests = status === 'probing' || (status === 'resting' && reason !== 'rate_limit')
    return { ...both(target), value: rests ? 1 : 1 - uptime, ...(rests && { detail: 'It rests and is not called.' }) }
  })
}

async function ofBudgets(
  orgId: string | null,
  { budgets, ledgers }: MeasureDeps,
): Promise<readonly Measurement[] | undefined> {
  if (orgId === null) return []
  const inForce = (await budgets.list(orgId)).filter(
    ({ disabledAt, limitNanoUsd }) => disabledAt === null && limitNanoUsd > 0,
  )
  const states = await readCounters(ledgers.open(ledgerName.budgets(orgId)), inForce.map(toCounter))
  return states?.map(({ used, held, limit }, index) => ({
    ...nameOf(inForce[index]),
    value: (used - held) / limit,
  }))
}

const nameOf = (budget: Budget | undefined) => ({ subject: budget?.id ?? '', label: `"${budget?.name ?? ''}"` })

async function ofNeurons(deps: MeasureDeps): Promise<readonly Measurement[] | undefined> {
  const counter = neuronCounter(deps, true)
  if (counter.limit <= 0) return []
  const [state] = (await readCounters(deps.ledgers.open(ledgerName.neurons(accountOf(deps))), [counter])) ?? []
  return state && [{ subject: 'day', label: 'the day', value: (state.used - state.held) / state.limit }]
}
