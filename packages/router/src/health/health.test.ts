import { describe, expect, test } from 'vitest'
import { claimProbe } from './claim-probe.ts'
import type { HealthState } from './health-state.ts'
import { judgeHealth } from './judge-health.ts'
import { observe } from './observe.ts'
import type { Outcome } from './outcome.ts'

const start = Date.UTC(2028, 1, 29, 12)
const seconds = (count: number): number => start + count * 1000

const ok = (second: number): Outcome => ({ at: seconds(second), ok: true })
const down = (second: number): Outcome => ({ at: seconds(second), ok: false, type: 'upstream_error' })
const times = (count: number, outcome: Outcome): Outcome[] => Array.from({ length: count }, () => outcome)

const stateAfter = (outcomes: readonly Outcome[], before?: HealthState): HealthState => {
  let state = before
  for (const outcome of outcomes) state = observe(state, outcome)
  if (!state) throw new Error('No outcome.')
  return state
}
const judge = (outcomes: readonly Outcome[], second: number) => judgeHealth(stateAfter(outcomes), seconds(second))

describe('uptime', () => {
  test('is 1 and unknown before anything happened', () => {
    expect(judgeHealth(undefined, start)).toEqual({ status: 'unknown', uptime: 1, samples: 0 })
  })

  test('is successes of all, ten successes assumed', () => {
    // (90 + 10) / (90 + 10 + 10).
    const verdict = judge([...times(90, ok(0)), ...times(10, down(0))], 0)
    expect(verdict).toEqual({
      status: 'degraded',
      uptime: 100 / 110,
      samples: 0,
      errorRates: { upstream_error: 0.1 },
    })
    expect(judge(times(3, ok(0)), 0)).toEqual({ status: 'healthy', uptime: 1, samples: 0 })
  })

  test('forgets half in five minutes', () => {
    // 4 failures become 2: 10 / 12. And with a new success (1 + 10) / (1 + 2 + 10).
    expect(judge(times(4, down(0)), 300).uptime).toBeCloseTo(10 / 12, 12)
    expect(judge([...times(4, down(0)), ok(300)], 300).uptime).toBeCloseTo(11 / 13, 12)
    expect(judge(times(4, down(0)), 3600)).toMatchObject({ status: 'unknown' })
  })

  test('falls by a timeout as by an error', () => {
    expect(judge([{ at: start, ok: false, type: 'timeout' }], 0).uptime).toBe(10 / 11)
  })

  test.each([
    'rate_limit',
    'quota_exceeded',
    'auth',
    'model_not_found',
    'context_length',
    'content_filter',
    'invalid_request',
  ] as const)('does not fall by %s', (type) => {
    const verdict = judge(times(50, { at: start, ok: false, type }), 700)
    expect(verdict).toMatchObject({ status: 'healthy', uptime: 1, errorRates: { [type]: 1 } })
  })
})

describe('rate limits', () => {
  const limited = (second: number, retryAfterMs?: number): Outcome => ({
    at: seconds(second),
    ok: false,
    type: 'rate_limit',
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  })

  test('rest an hour at most', () => {
    const verdict = judgeHealth(stateAfter([limited(0, 1e12)]), seconds(1))
    expect(verdict).toMatchObject({ status: 'resting', restsUntil: seconds(3600) })
  })

  test('rest exactly as long as the provider says', () => {
    const state = stateAfter([limited(0, 7000)])
    expect(judgeHealth(state, seconds(7) - 1)).toMatchObject({
      status: 'resting',
      restsUntil: seconds(7),
      reason: 'rate_limit',
    })
    expect(judgeHealth(state, seconds(7)).status).toBe('healthy')
  })

  test('rest until the last of several times, whichever came first', () => {
    expect(judge([limited(0, 9000), limited(1, 2000)], 4)).toMatchObject({ restsUntil: seconds(9) })
    expect(judge([limited(1, 2000), limited(0, 9000)], 4)).toMatchObject({ restsUntil: seconds(9) })
  })

  test('rest 1, 2, 4 s and so on up to a minute when nothing is said', () => {
    let state: HealthState | undefined
    let at = start
    const rests = Array.from({ length: 8 }, () => {
      state = observe(state, { at, ok: false, type: 'rate_limit' })
      const { restsUntil = NaN } = judgeHealth(state, at)
      const rest = restsUntil - at
      at = restsUntil
      return rest / 1000
    })
    expect(rests).toEqual([1, 2, 4, 8, 16, 32, 60, 60])
  })

  test('count as one while they come from calls that were under way', () => {
    expect(judge(times(30, limited(0)), 0)).toMatchObject({ restsUntil: seconds(1) })
  })

  test('begin anew after a success, or after ten quiet minutes', () => {
    expect(judge([limited(0), limited(1), ok(4), limited(5)], 5)).toMatchObject({ restsUntil: seconds(6) })
    expect(judge([limited(0), limited(1), limited(604)], 604)).toMatchObject({ restsUntil: seconds(605) })
    // A success of a call that was under way ends nothing.
    expect(judge([limited(0, 5000), ok(1)], 2)).toMatchObject({ status: 'resting', restsUntil: seconds(5) })
  })
})

describe('the circuit', () => {
  test('opens at the fifth failure for 30 s', () => {
    expect(judge(times(4, down(0)), 0).status).toBe('degraded')
    const state = stateAfter(times(5, down(0)))
    expect(judgeHealth(state, seconds(29.999))).toMatchObject({
      status: 'resting',
      restsUntil: seconds(30),
      reason: 'failures',
    })
    expect(judgeHealth(state, seconds(30)).status).toBe('probing')
  })

  test('stays closed while failures are fewer than half of the last minute or two', () => {
    expect(judge([...times(6, ok(0)), ...times(5, down(0))], 0).status).toBe('degraded')
    expect(judge([...times(5, ok(0)), ...times(5, down(0))], 0).status).toBe('resting')
    // Of 40 successes 5 are left after three minutes.
    expect(judge([...times(40, ok(0)), ...times(5, down(180))], 180).status).toBe('resting')
  })

  test('closes by a success after the rest', () => {
    const state = stateAfter([...times(5, down(0)), ok(31)])
    expect(judgeHealth(state, seconds(31)).status).toBe('degraded')
    expect(state.circuit).toEqual({ ok: 0, failed: 0, trips: 1, closedAt: seconds(31) })
  })

  test('opens again for twice as long by a failure after the rest, up to ten minutes', () => {
    let state = stateAfter(times(5, down(0)))
    const rests: number[] = []
    for (let trip = 0; trip < 7; trip += 1) {
      const { restsUntil = NaN } = state.circuit
      state = observe(state, { at: restsUntil, ok: false, type: 'timeout' })
      rests.push(((state.circuit.restsUntil ?? NaN) - restsUntil) / 1000)
    }
    expect(rests).toEqual([60, 120, 240, 480, 600, 600, 600])
  })

  test('remembers its last opening for ten minutes', () => {
    const closed = [...times(5, down(0)), ok(31)]
    expect(judge([...closed, ...times(5, down(60))], 60)).toMatchObject({ restsUntil: seconds(120) })
    expect(judge([...closed, ...times(5, down(631))], 631)).toMatchObject({ restsUntil: seconds(661) })
  })

  test('is moved neither by late news nor by what is not the target’s fault', () => {
    const open = times(5, down(0))
    expect(judge([...open, ok(29), down(29)], 29)).toMatchObject({ status: 'resting', restsUntil: seconds(30) })
    const reopened = [...open, down(30)]
    expect(judge([...reopened, ok(30)], 80)).toMatchObject({ status: 'resting', restsUntil: seconds(90) })
    const closed = [...open, ok(31)]
    expect(judge([...closed, ...times(9, down(30))], 31).status).toBe('degraded')
    const refused: Outcome = { at: seconds(40), ok: false, type: 'auth' }
    expect(judge([...open, refused], 40).status).toBe('probing')
  })

  test('rests as long as the longer of failures and rate limit', () => {
    const limit: Outcome = { at: start, ok: false, type: 'rate_limit', retryAfterMs: 40_000 }
    expect(judge([...times(5, down(0)), limit], 1)).toMatchObject({ restsUntil: seconds(40), reason: 'rate_limit' })
    expect(judge([...times(5, down(0)), limit], 40).status).toBe('probing')
  })
})

describe('claimProbe', () => {
  const open = stateAfter(times(5, down(0)))

  test('lets nobody through during the rest, one afterwards, everyone to a target that works', () => {
    expect(claimProbe(open, seconds(29))).toEqual({ granted: false, state: open })
    const first = claimProbe(open, seconds(30))
    expect(first.granted).toBe(true)
    expect(judgeHealth(first.state, seconds(31))).toMatchObject({ status: 'resting', reason: 'probe' })
    expect(claimProbe(first.state, seconds(31)).granted).toBe(false)
    const works = stateAfter([ok(0)])
    expect(claimProbe(works, start)).toEqual({ granted: true, state: works })
  })

  test('lets another one through when a probe was silent for a minute', () => {
    const { state } = claimProbe(open, seconds(30))
    expect(claimProbe(state, seconds(90) - 1).granted).toBe(false)
    expect(claimProbe(state, seconds(90)).granted).toBe(true)
  })

  test('lets another one through when a probe ended and proved nothing', () => {
    const { state } = claimProbe(open, seconds(30))
    const refused = { at: seconds(32), ok: false, type: 'content_filter' } as const
    expect(claimProbe(observe(state, refused), seconds(33)).granted).toBe(false)
    const own = observe(state, { ...refused, probedAt: seconds(30) })
    expect(claimProbe(own, seconds(33)).granted).toBe(true)
  })

  test('closes or opens by the outcome of the probe', () => {
    const { state } = claimProbe(open, seconds(30))
    expect(judgeHealth(observe(state, ok(33)), seconds(33)).status).toBe('degraded')
    expect(judgeHealth(observe(state, down(33)), seconds(33))).toMatchObject({ restsUntil: seconds(93) })
  })
})

describe('speed', () => {
  const answer = { at: start, ok: true, ttftMs: 500, outputTokens: 200, durationMs: 4500 } as const

  test('is tokens per second after the first output, and counts answers', () => {
    const verdict = judge(times(20, answer), 0)
    expect(verdict).toMatchObject({ samples: 20 })
    expect(verdict.ttftMs).toBeCloseTo(500, 6)
    expect(verdict.tokensPerSecond).toBeCloseTo(50, 6)
  })

  test('is a geometric mean', () => {
    const verdict = judge(
      [
        { ...answer, ttftMs: 100 },
        { ...answer, ttftMs: 10_000, durationMs: 20_000 },
      ],
      0,
    )
    expect(verdict.ttftMs).toBeCloseTo(1000, 6)
  })

  test('takes the whole time of an answer that came in one piece', () => {
    const { tokensPerSecond } = judge([{ ...answer, ttftMs: 4400 }], 0)
    expect(tokensPerSecond).toBeCloseTo(200 / 4.5, 6)
  })

  test('is not measured by fewer than ten tokens, or by nonsense', () => {
    const odd: Outcome[] = [
      { ...answer, outputTokens: 9, ttftMs: NaN },
      { at: start, ok: true, ttftMs: -1, outputTokens: NaN, durationMs: Infinity },
    ]
    expect(judge(odd, 0)).toEqual({ status: 'healthy', uptime: 1, samples: 0 })
  })

  test('remembers 80 answers, for three hours after the last', () => {
    expect(judge(times(300, answer), 0).samples).toBe(80)
    expect(judge(times(20, answer), 10_799)).toMatchObject({ samples: 20 })
    expect(judge(times(20, answer), 10_800)).toEqual({ status: 'unknown', uptime: 1, samples: 0 })
    const later = { ...answer, at: seconds(10_800), ttftMs: 900 }
    const verdict = judge([...times(20, answer), later], 10_800)
    expect(verdict.samples).toBe(1)
    expect(verdict.ttftMs).toBeCloseTo(900, 6)
  })

  test('half an hour makes an answer count half', () => {
    // (log 500 + 2 × log 4000) / 3 is log 2000.
    const verdict = judge([answer, { ...answer, at: seconds(1800), ttftMs: 4000 }], 1800)
    expect(verdict.ttftMs).toBeCloseTo(2000, 6)
  })
})

test('ignores an outcome without a time', () => {
  const state = stateAfter([ok(0)])
  expect(observe(state, { at: NaN, ok: false, type: 'timeout' })).toBe(state)
  expect(judgeHealth(observe(undefined, { at: Infinity, ok: true }), start).status).toBe('unknown')
})

describe('a model that the provider does not have', () => {
  const missing = (second: number): Outcome => ({ at: seconds(second), ok: false, type: 'model_not_found' })

  test('rests ten minutes', () => {
    expect(judge([missing(0)], 599)).toMatchObject({ status: 'resting', reason: 'missing', restsUntil: seconds(600) })
    expect(judge([missing(0)], 600).status).not.toBe('resting')
  })

  test('late news changes nothing', () => {
    expect(judge([missing(10), missing(0)], 20)).toMatchObject({ restsUntil: seconds(610) })
    expect(judge([missing(10), ok(5)], 20).status).toBe('resting')
  })
})
