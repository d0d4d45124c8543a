import { expect, test } from 'vitest'
import type { AlertIncident } from './alert-incident.ts'
import type { AlertRule } from './alert-rule.ts'
import { defaultRuleId, ruleOf } from './default-rules.ts'
import { closeIncident, evaluateRule, type Transition } from './evaluate-rule.ts'
import type { Measurement } from './measurement.ts'

const minute = 60_000
const hour = 60 * minute

/** $1 warns and $5 is critical; of the same thing nobody hears twice within an hour. */
const spend: AlertRule = {
  ...ruleOf('spend_per_hour', 'acme'),
  id: defaultRuleId('spend_per_hour'),
  createdAt: 0,
  updatedAt: 0,
}
const of = (value: number | null, subject = 'all'): Measurement => ({ subject, label: 'all requests', value })

/** A rule, looked at again and again. */
function watch(rule: AlertRule) {
  const incidents = new Map<string, AlertIncident>()
  let made = 0
  const look = (now: number, ...measurements: Measurement[]): Transition[] => {
    const createId = () => `i${(made += 1)}`
    const transitions = evaluateRule({ rule, measurements, incidents: [...incidents.values()], now, createId })
    // What is told is queued at once.
    for (const { incident } of transitions) incidents.set(incident.id, { ...incident, notice: null })
    return transitions
  }
  return {
    incidents,
    look,
    /** What happens, in words: `fired!` where somebody is told. */
    see: (now: number, ...measurements: Measurement[]): string[] =>
      look(now, ...measurements).map(({ kind, incident }) => (incident.notice ? `${kind}!` : kind)),
  }
}

test('an incident begins at the threshold, says all there is to know, and begins once', () => {
  const { look, see } = watch(spend)
  expect(look(0, of(0.999_999_999))).toEqual([])
  expect(look(5, of(1))).toEqual([
    {
      kind: 'fired',
      incident: {
        id: 'i1',
        orgId: 'acme',
        ruleId: 'default-spend_per_hour',
        ruleName: 'Spend per hour',
        kind: 'spend_per_hour',
        subject: 'all',
        severity: 'warning',
        message: '$1 were spent in this hour (all requests); the threshold is $1.',
        value: 1,
        threshold: 1,
        createdAt: 5,
        updatedAt: 5,
        resolvedAt: null,
        notifiedAt: 5,
        notifiedSeverity: 'warning',
        isTold: true,
        notices: 1,
        notice: { change: 'fired', at: 5 },
        acknowledgedAt: null,
        acknowledgedBy: null,
      },
    },
  ])
  expect(see(6, of(1.5))).toEqual([])
})

test('what passes both thresholds at once is critical, and told once', () => {
  const { look, see } = watch(spend)
  expect(look(0, of(7))[0]?.incident).toMatchObject({ severity: 'critical', threshold: 5, notices: 1 })
  expect(see(1, of(8))).toEqual([])
})

test('it escalates, eases and ends; each is told as it should be', () => {
  const { see, incidents } = watch(spend)
  expect(see(0, of(2))).toEqual(['fired!'])
  expect(see(1 * minute, of(5))).toEqual(['escalated!'])
  // Nine tenths of $5 are $4.50: from there down it is a warning again.
  expect(see(2 * minute, of(4.6))).toEqual(['held'])
  expect(see(3 * minute, of(4.4))).toEqual(['changed'])
  expect(see(4 * minute, of(5.1))).toEqual(['changed'])
  expect(incidents.get('i1')).toMatchObject({ severity: 'critical', notices: 2 })
  expect(see(5 * minute, of(0.91))).toEqual(['changed'])
  expect(see(6 * minute, of(0.89))).toEqual(['resolved!'])
  expect(incidents.get('i1')).toMatchObject({ resolvedAt: 6 * minute, notices: 3, isTold: false })
  expect(see(7 * minute, of(0.89))).toEqual([])
})

test('what goes on is told again after the cooldown, and written once a minute between', () => {
  const { see, incidents } = watch(spend)
  expect(see(0, of(1))).toEqual(['fired!'])
  expect(see(minute - 1, of(2))).toEqual([])
  expect(see(minute, of(2))).toEqual(['held'])
  expect(incidents.get('i1')).toMatchObject({ value: 2, updatedAt: minute })
  expect(see(hour - 1, of(2))).toEqual(['held'])
  expect(see(hour, of(2))).toEqual(['still_firing!'])
  expect(see(hour + 1, of(2))).toEqual([])
  expect(see(2 * hour, of(2))).toEqual(['still_firing!'])
})

test('what comes back within the cooldown is the same incident, and its end is not told twice', () => {
  const { see, incidents } = watch(spend)
  see(0, of(1))
  expect(see(10 * minute, of(0))).toEqual(['resolved!'])
  expect(see(20 * minute, of(1))).toEqual(['reopened'])
  expect(see(30 * minute, of(0))).toEqual(['resolved'])
  expect(see(40 * minute, of(1))).toEqual(['reopened'])
  expect(see(hour, of(1))).toEqual(['still_firing!'])
  expect(see(61 * minute, of(0))).toEqual(['resolved!'])
  expect(incidents.size).toBe(1)
})

test('what comes back worse, or after the cooldown, is a new incident', () => {
  const worse = watch(spend)
  worse.see(0, of(1))
  worse.see(minute, of(0))
  expect(worse.see(2 * minute, of(6))).toEqual(['fired!'])
  expect([...worse.incidents.keys()]).toEqual(['i1', 'i2'])

  const later = watch(spend)
  later.see(0, of(1))
  later.see(minute, of(0))
  expect(later.see(hour, of(1))).toEqual(['fired!'])
  expect([...later.incidents.keys()]).toEqual(['i1', 'i2'])
})

test('subjects have incidents of their own, and one that is measured no more ends', () => {
  const { see, look } = watch({ ...spend, kind: 'budget_used', warning: 0.8, critical: 1 })
  expect(see(0, of(0.9, 'a'), of(0.5, 'b'), of(1, 'c'))).toEqual(['fired!', 'fired!'])
  expect(see(minute - 1, of(0.9, 'a'), of(0.8, 'b'), of(1, 'c'))).toEqual(['fired!'])
  expect(look(minute - 1, of(0.9, 'a'), of(0.9, 'b')).map(({ kind, incident }) => [kind, incident.subject])).toEqual([
    ['resolved', 'c'],
  ])
})

test('of what is acknowledged nobody hears until it is worse or over', () => {
  const { see, incidents } = watch(spend)
  see(0, of(1))
  const incident = incidents.get('i1')
  if (incident) incidents.set('i1', { ...incident, acknowledgedAt: 1, acknowledgedBy: 'ann@example.com' })
  expect(see(2 * hour, of(1))).toEqual(['held'])
  expect(see(2 * hour + 1, of(5))).toEqual(['escalated!'])
  expect(see(3 * hour + 1, of(5))).toEqual(['held'])
  expect(see(3 * hour + 2, of(0))).toEqual(['resolved!'])
})

test('the end is not told where nobody wants to know', () => {
  const { see, incidents } = watch({ ...spend, notifyResolved: false })
  see(0, of(1))
  expect(see(1, of(0))).toEqual(['resolved'])
  expect(incidents.get('i1')).toMatchObject({ resolvedAt: 1, notices: 1 })
})

test('a value that nobody knows begins nothing, and ends what is open only after two windows', () => {
  const rate: AlertRule = { ...spend, ...ruleOf('error_rate', 'acme'), windowMs: 5 * minute }
  const { see } = watch(rate)
  expect(see(0, of(null))).toEqual([])
  expect(see(0, of(0.2))).toEqual(['fired!'])
  expect(see(10 * minute - 1, of(null))).toEqual([])
  expect(see(10 * minute, of(null))).toEqual(['resolved!'])
})

test.each([
  [{ warning: null, critical: 5 }, 4, []],
  [{ warning: null, critical: 5 }, 5, ['critical']],
  [{ warning: 1, critical: null }, 100, ['warning']],
  [{ warning: 0, critical: null }, 0, ['warning']],
])('with thresholds %j a value of %d is %j', (thresholds, value, severities) => {
  const { look } = watch({ ...spend, ...thresholds })
  expect(look(0, of(value)).map(({ incident }) => incident.severity)).toEqual(severities)
})

test('an incident whose rule is gone ends, and nobody is told', () => {
  const { incidents, look } = watch(spend)
  look(0, of(1))
  const closed = [...incidents.values()].map((incident) => closeIncident(incident, 9))
  expect(closed).toMatchObject([{ kind: 'resolved', incident: { resolvedAt: 9, notice: null } }])
})
