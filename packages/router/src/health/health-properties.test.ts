import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { errorTypes } from '../error-type.ts'
import { claimProbe } from './claim-probe.ts'
import type { HealthState } from './health-state.ts'
import { judgeHealth } from './judge-health.ts'
import { observe } from './observe.ts'
import type { Outcome } from './outcome.ts'

const start = Date.UTC(2028, 1, 29, 12)
const times = fc.integer({ min: 0, max: 900_000 }).map((ms) => start + ms)

const outcomes: fc.Arbitrary<Outcome> = fc.oneof(
  fc.record(
    {
      at: times,
      ok: fc.constant(true as const),
      ttftMs: fc.double({ min: -10, max: 1e5 }),
      outputTokens: fc.integer({ min: 0, max: 4000 }),
      durationMs: fc.double({ min: 0, max: 1e6 }),
    },
    { requiredKeys: ['at', 'ok'] },
  ),
  fc.record(
    {
      at: times,
      ok: fc.constant(false as const),
      type: fc.oneof(fc.constantFrom('upstream_error' as const, 'timeout' as const), fc.constantFrom(...errorTypes)),
      retryAfterMs: fc.oneof(fc.integer({ min: 0, max: 120_000 }), fc.constantFrom(NaN, Infinity, -1)),
    },
    { requiredKeys: ['at', 'ok', 'type'] },
  ),
)
const histories = fc.array(outcomes, { minLength: 1, maxLength: 60 })
/** An outage: opens the circuit, unless there is much else. */
const outages = fc
  .tuple(histories, times, fc.integer({ min: 5, max: 30 }))
  .map(([history, at, count]) => [
    ...history,
    ...Array.from({ length: count }, (): Outcome => ({ at, ok: false, type: 'upstream_error' })),
  ])

const stateAfter = (history: readonly Outcome[]): HealthState | undefined => {
  let state: HealthState | undefined
  for (const outcome of history) state = observe(state, outcome)
  return state
}

test('a state survives JSON, and a verdict holds sane numbers whatever came in whatever order', () => {
  const wildTimes = fc.oneof(times, fc.constantFrom(0, -1e15, start - 1e10, start + 1e7, start + 1e12, 8e15))
  const wild = fc.array(
    fc.tuple(outcomes, wildTimes).map(([outcome, at]) => ({ ...outcome, at })),
    { minLength: 1, maxLength: 40 },
  )
  fc.assert(
    fc.property(fc.oneof(histories, wild), wildTimes, (history, now) => {
      const state = stateAfter(history)
      expect(JSON.parse(JSON.stringify(state))).toEqual(state)
      const { uptime, samples, ttftMs = 1, tokensPerSecond = 1, errorRates = {}, ...verdict } = judgeHealth(state, now)
      expect(uptime).toBeGreaterThan(0)
      expect(uptime).toBeLessThanOrEqual(1)
      expect(samples >= 0 && samples <= 80 && Number.isInteger(samples)).toBe(true)
      expect([ttftMs, tokensPerSecond].every((value) => value > 0 && Number.isFinite(value))).toBe(true)
      expect(Object.values(errorRates).reduce((sum, rate) => sum + rate, 0)).toBeLessThanOrEqual(1 + 1e-9)
      expect(verdict.status === 'resting').toBe(verdict.restsUntil !== undefined && verdict.restsUntil > now)
    }),
    { numRuns: 1000 },
  )
})

test('the uptime does not depend on the order', () => {
  const pairs = histories.chain((history) =>
    fc.tuple(fc.constant(history), fc.shuffledSubarray(history, { minLength: history.length })),
  )
  fc.assert(
    fc.property(pairs, ([history, shuffled]) => {
      const now = start + 900_000
      const [verdict, other] = [judgeHealth(stateAfter(history), now), judgeHealth(stateAfter(shuffled), now)]
      expect(other.uptime).toBeCloseTo(verdict.uptime, 9)
      expect(Object.keys(other.errorRates ?? {}).toSorted()).toEqual(Object.keys(verdict.errorRates ?? {}).toSorted())
    }),
    { numRuns: 1000 },
  )
})

test('a rest is never shortened: what ends before its end does not close it', () => {
  let rested = 0
  fc.assert(
    fc.property(outages, histories, (history, more) => {
      let state = stateAfter(history)
      const { restsUntil } = judgeHealth(state, state?.at ?? start)
      if (restsUntil === undefined) return
      rested += 1
      const [from, to] = [state?.at ?? start, restsUntil]
      for (const outcome of more) state = observe(state, { ...outcome, at: Math.min(outcome.at, to - 1) })
      for (const now of [from, (from + to) / 2, to - 1]) expect(judgeHealth(state, now).status).toBe('resting')
    }),
    { numRuns: 2000 },
  )
  expect(rested).toBeGreaterThan(500)
})

test('a rate limit rests exactly as long as it says, unless it rests longer anyway', () => {
  fc.assert(
    fc.property(histories, fc.integer({ min: 1, max: 600_000 }), (history, retryAfterMs) => {
      const before = stateAfter(history)
      const at = (before?.at ?? start) + 1
      const other = judgeHealth(before, at).restsUntil ?? -Infinity
      const state = observe(before, { at, ok: false, type: 'rate_limit', retryAfterMs })
      expect(judgeHealth(state, at).restsUntil).toBe(Math.max(at + retryAfterMs, other))
      expect(judgeHealth(state, Math.max(at + retryAfterMs, other)).status).not.toBe('resting')
    }),
    { numRuns: 1000 },
  )
})

interface Watch {
  state: HealthState
  now: number
  /** When the probe that is under way was claimed. */
  probing: number | undefined
  granted: number
  violations: string[]
}

const isNeutral = (outcome: Outcome): boolean =>
  !outcome.ok && outcome.type !== 'timeout' && outcome.type !== 'upstream_error'

/** Outcomes of other calls: of these only a success or a counted failure ends the wait for the probe. */
function seeStray(watch: Watch, outcome: Outcome): void {
  const { probe } = watch.state.circuit
  watch.state = observe(watch.state, { ...outcome, at: watch.now })
  if (probe === watch.state.circuit.probe) return
  watch.probing = undefined
  if (isNeutral(outcome)) watch.violations.push('a neutral outcome of another call ended a probe')
}

function ask(watch: Watch): void {
  const { status } = judgeHealth(watch.state, watch.now)
  const { granted, state } = claimProbe(watch.state, watch.now)
  watch.state = state
  if (granted !== (status !== 'resting')) watch.violations.push(`granted ${granted} to a target that is ${status}`)
  if (status !== 'probing') return
  if (watch.probing !== undefined && watch.now < watch.probing + 60_000) watch.violations.push('two probes at a time')
  if (claimProbe(watch.state, watch.now).granted) watch.violations.push('granted twice')
  if (judgeHealth(watch.state, watch.now).status !== 'resting') watch.violations.push('others may go')
  watch.probing = watch.now
  watch.granted += 1
}

test('one probe at a time: a second one only after the first one ended or was silent for a minute', () => {
  const neutral = outcomes.filter(isNeutral)
  const step = fc.record({
    waitMs: fc.integer({ min: 0, max: 40_000 }),
    outcome: fc.option(neutral),
    asks: fc.boolean(),
  })
  const any = fc.record({ waitMs: fc.constant(0), outcome: outcomes, asks: fc.constant(false) })
  const steps = fc.array(fc.oneof({ weight: 9, arbitrary: step }, { weight: 1, arbitrary: any }), { minLength: 20 })
  const timeout: Outcome = { at: start, ok: false, type: 'timeout' }
  const open = [timeout, timeout, timeout, timeout].reduce(observe, observe(undefined, timeout))
  let granted = 0
  fc.assert(
    fc.property(steps, (sequence) => {
      const watch: Watch = { state: open, now: start, probing: undefined, granted: 0, violations: [] }
      for (const { waitMs, outcome, asks } of sequence) {
        watch.now += waitMs
        if (outcome) seeStray(watch, outcome)
        if (asks) ask(watch)
      }
      granted += watch.granted
      expect(watch.violations).toEqual([])
    }),
    { numRuns: 500 },
  )
  expect(granted).toBeGreaterThan(200)
})
