import { describe, expect, test } from 'vitest'
import type { HealthVerdict } from '../health/health-verdict.ts'
import type { Candidate, Obstacle } from './candidate.ts'
import type { Question } from './question.ts'
import { rank } from './rank.ts'
import { scoreCandidate } from './score-candidate.ts'

const question = (change: Partial<Question> = {}): Question => ({
  strategy: 'balanced',
  needs: ['chat'],
  inputTokens: 1000,
  outputTokens: 500,
  ...change,
})
const candidate = (id: string, change: Partial<Candidate> = {}): Candidate => {
  const [provider = '', model = ''] = id.split('/')
  return { provider, model, capabilities: ['chat'], quality: 7, speed: 6, usdPerMillion: 1, ...change }
}
const healthy = (change: Partial<HealthVerdict> = {}): HealthVerdict => ({
  status: 'healthy',
  uptime: 1,
  samples: 0,
  ...change,
})
const scores = (asked: Question, ...candidates: Candidate[]) =>
  rank(asked, candidates).ranked.map(({ id, score }) => [id, Number(score.toFixed(6))])

describe('scores', () => {
  test('balanced is quality × 2 + speed − log₁₀(cost) × 2', () => {
    // 7 × 2 + 6 − 0; 9 × 2 + 4 − log₁₀(10) × 2; 4 × 2 + 9 − log₁₀(0.1) × 2; free as $0.01: 4 × 2 + 5 + 4.
    expect(
      scores(
        question(),
        candidate('a/plain'),
        candidate('b/best', { quality: 9, speed: 4, usdPerMillion: 10 }),
        candidate('c/small', { quality: 4, speed: 9, usdPerMillion: 0.1 }),
        candidate('d/free', { quality: 4, speed: 5, usdPerMillion: 0 }),
      ),
    ).toEqual([
      // Of two that are as good, the cheaper one.
      ['a/plain', 20],
      ['b/best', 20],
      ['c/small', 19],
      ['d/free', 17],
    ])
  })

  test('weights and overrides are the gateway’s own', () => {
    const asked = question({
      weights: { quality: 0, cost: 1 },
      overrides: { 'a/*': { speed: 1 }, 'a/m': { quality: 3 }, a: { speed: 9 } },
    })
    // Quality counts nothing; speed 1 of the longer pattern; log₁₀(100) × 1.
    const { ranked } = rank(asked, [candidate('a/m', { usdPerMillion: 100 })])
    expect(ranked).toEqual([
      {
        id: 'a/m',
        provider: 'a',
        model: 'm',
        score: -1,
        quality: { value: 3, from: 'override' },
        speed: { value: 1, from: 'override' },
        usdPerMillion: 100,
        healthPenalty: 0,
        uptime: 1,
        health: 'unknown',
      },
    ])
  })

  test('cheapest is the price, and free is cheaper than the cheapest', () => {
    expect(
      scores(
        question({ strategy: 'cheapest' }),
        candidate('a/m', { usdPerMillion: 0.002 }),
        candidate('b/m', { usdPerMillion: 0 }),
        candidate('c/m', { usdPerMillion: 3 }),
      ),
    ).toEqual([
      ['b/m', 0],
      ['a/m', -0.002],
      ['c/m', -3],
    ])
  })

  test('an uptime below 95 % costs 100 × the square of what is missing', () => {
    const at = (uptime: number) => healthy({ status: 'degraded', uptime })
    const asked = question({ strategy: 'quality' })
    // 0.05² × 100, 0.15² × 100, 0.45² × 100.
    expect(
      scores(
        asked,
        candidate('a/m', { health: at(0.95) }),
        candidate('b/m', { health: at(0.9) }),
        candidate('c/m', { health: at(0.8) }),
        candidate('d/m', { health: at(0.5) }),
      ),
    ).toEqual([
      ['a/m', 7],
      ['b/m', 6.75],
      ['c/m', 4.75],
      ['d/m', -13.25],
    ])
    // $1 and 2.25 times as much again; $0.005 and 2.25 times one cent.
    const cheapest = question({ strategy: 'cheapest' })
    expect(scores(cheapest, candidate('c/m', { health: at(0.8) }))).toEqual([['c/m', -3.25]])
    expect(scores(cheapest, candidate('c/m', { usdPerMillion: 0.005, health: at(0.8) }))).toEqual([['c/m', -0.0275]])
  })

  test('speed is measured from 20 samples on', () => {
    const asked = question({ strategy: 'fastest' })
    const speedOf = (health: HealthVerdict) => scoreCandidate(asked, candidate('a/m', { health })).speed
    expect(speedOf(healthy({ samples: 19, ttftMs: 2000 }))).toEqual({ value: 6, from: 'prior' })
    expect(speedOf(healthy({ samples: 20, ttftMs: 2000 }))).toEqual({ value: 5, from: 'measured' })
    expect(speedOf(healthy({ samples: 20, ttftMs: 200, tokensPerSecond: 50 }))).toEqual({
      value: 7.5,
      from: 'measured',
    })
    expect(speedOf(healthy({ samples: 20, ttftMs: 90_000, tokensPerSecond: 5000 }))).toEqual({
      value: 5,
      from: 'measured',
    })
    expect(speedOf(healthy({ samples: 20 }))).toEqual({ value: 6, from: 'prior' })
  })

  test('what isn’t known is taken for the middle', () => {
    const unknown: Candidate = { provider: 'a', model: 'm', capabilities: ['chat'] }
    expect(rank(question({ strategy: 'quality' }), [unknown]).ranked[0]).toMatchObject({
      score: 5,
      quality: { value: 5, from: 'assumed' },
      speed: { value: 5, from: 'assumed' },
    })
  })
})

describe('eligibility', () => {
  const reasonsOf = (asked: Question, one: Candidate) => rank(asked, [one]).rejected.flatMap(({ reasons }) => reasons)
  const codesOf = (asked: Question, one: Candidate) => reasonsOf(asked, one).map(({ code }) => code)

  test('names every reason, in a code and a sentence', () => {
    const asked = question({
      needs: ['chat', 'tools'],
      constraints: { max_price: 0.5, capabilities: ['vision'], context: 2000, min_quality: 8 },
    })
    const one = candidate('a/m', { contextWindow: 1499, maxOutput: 499, obstacles: ['no_key'] })
    expect(rank(asked, [one])).toEqual({
      strategy: 'balanced',
      ranked: [],
      rejected: [
        {
          id: 'a/m',
          provider: 'a',
          model: 'm',
          reasons: [
            { code: 'no_key', message: 'There is no key for this provider.' },
            { code: 'capability', message: "It can't do this: tools, vision." },
            { code: 'context', message: 'The request needs 1500 tokens, and its context window has 1499.' },
            { code: 'context', message: 'Its context window must have 2000 tokens, and has 1499.' },
            { code: 'max_output', message: 'The request asks for 500 output tokens, and it gives 499 at most.' },
            { code: 'max_price', message: 'It costs $1 per million tokens, and `max_price` is $0.5.' },
            { code: 'min_quality', message: 'Its quality is 7, and `min_quality` is 8.' },
          ],
        },
      ],
    })
  })

  test('takes a window that is just large enough, or unknown', () => {
    expect(codesOf(question(), candidate('a/m', { contextWindow: 1500, maxOutput: 500 }))).toEqual([])
    expect(codesOf(question(), candidate('a/m'))).toEqual([])
    expect(codesOf(question({ constraints: { context: 1 } }), candidate('a/m'))).toEqual(['context'])
  })

  test.each([
    ['cheapest', {}, ['unknown_price']],
    ['balanced', {}, ['unknown_price']],
    ['quality', {}, []],
    ['fastest', {}, []],
    ['fastest', { max_price: 100 }, ['unknown_price']],
  ] as const)('an unknown price under %s with %o: %o', (strategy, constraints, expected) => {
    const { usdPerMillion: _, ...unpriced } = candidate('a/m')
    expect(codesOf(question({ strategy, constraints }), unpriced)).toEqual(expected)
    expect(codesOf(question({ strategy, constraints }), { ...unpriced, usdPerMillion: NaN })).toEqual(expected)
  })

  test.each([
    [{ allow: ['a', 'b/*'] }, []],
    [{ allow: ['b'] }, ['not_allowed']],
    [{ deny: ['*/m'] }, ['denied']],
    [{ allow: ['a/m'], deny: ['a'] }, ['denied']],
    [{ region: 'eu' }, []],
    [{ region: ['us', 'EU-west-1'] }, []],
    [{ region: 'eu-west' }, []],
    [{ region: 'e' }, ['region']],
    [{ zero_retention: true }, ['zero_retention']],
    [{ zero_retention: false }, []],
    [{ min_quality: 7, max_price: 1 }, []],
  ] as const)('under %o: %o', (constraints, expected) => {
    expect(codesOf(question({ constraints }), candidate('a/m', { region: 'eu-west-1' }))).toEqual(expected)
  })

  test('what is not known does not satisfy a constraint', () => {
    const { quality: _, ...unrated } = candidate('a/m')
    const constraints = { region: 'eu', zero_retention: true, min_quality: 1 }
    expect(codesOf(question({ constraints }), unrated)).toEqual(['unknown_quality', 'region', 'zero_retention'])
  })

  test('rests while it rests, and says until when', () => {
    const health = healthy({ status: 'resting', restsUntil: 1000, reason: 'rate_limit' })
    expect(reasonsOf(question(), candidate('a/m', { health }))).toEqual([
      { code: 'resting', message: 'It rests after a rate limit.', until: 1000 },
    ])
    expect(codesOf(question(), candidate('a/m', { health: healthy({ status: 'probing' }) }))).toEqual([])
  })

  test.each<Obstacle>([
    'no_key',
    'budget',
    'neurons',
    'scope',
    'tier',
    'unsupported',
    'paid_plan',
    'withdrawn',
    'disabled',
  ])('explains %s', (obstacle) => {
    const [reason] = reasonsOf(question(), candidate('a/m', { obstacles: [obstacle, obstacle] }))
    expect(reason?.code).toBe(obstacle)
    expect(reason?.message).toMatch(/^[A-Z].*\.$/)
  })
})

describe('near ties', () => {
  const trio = [
    candidate('c/m', { quality: 7.1 }),
    candidate('b/m', { quality: 7 }),
    candidate('a/m', { quality: 6.9 }),
  ]
  const asked = question({ strategy: 'quality' })

  test('are decided by the incumbent, the sticky key, the price, the name', () => {
    expect(rank({ ...asked, incumbent: 'b/m', stickyKey: 'x' }, trio)).toMatchObject({
      chosen: 'b/m',
      decidedBy: 'incumbent',
      ranked: [{ id: 'b/m' }, { id: 'c/m' }, { id: 'a/m' }],
    })
    expect(rank({ ...asked, incumbent: 'z/m', stickyKey: 'x' }, trio)).toMatchObject({ decidedBy: 'sticky' })
    expect(rank(asked, trio)).toMatchObject({ chosen: 'a/m', decidedBy: 'name' })
    const cheaper = trio.with(1, candidate('b/m', { usdPerMillion: 0.9 }))
    expect(rank(asked, cheaper)).toMatchObject({ chosen: 'b/m', decidedBy: 'price' })
  })

  test('an incumbent that is beaten goes', () => {
    const better = [...trio, candidate('d/m', { quality: 7.3 })]
    // From 7.05 on it is a near tie.
    expect(rank({ ...asked, incumbent: 'a/m' }, better)).toMatchObject({ chosen: 'c/m', decidedBy: 'name' })
    expect(rank({ ...asked, incumbent: 'a/m' }, [...trio, candidate('d/m', { quality: 9 })])).toMatchObject({
      chosen: 'd/m',
      decidedBy: 'score',
    })
  })

  test.each([
    ['cheapest', { usdPerMillion: 1.05 }, { usdPerMillion: 1.051 }],
    ['fastest', { speed: 5.5 }, { speed: 5.49 }],
    ['quality', { quality: 6.75 }, { quality: 6.74 }],
    ['balanced', { speed: 5.5 }, { speed: 5.49 }],
  ] as const)('of %s end at %o', (strategy, inside, outside) => {
    const incumbent = { ...question({ strategy }), incumbent: 'b/m' }
    expect(rank(incumbent, [candidate('a/m'), candidate('b/m', inside)]).chosen).toBe('b/m')
    expect(rank(incumbent, [candidate('a/m'), candidate('b/m', outside)]).chosen).toBe('a/m')
  })

  test('keys spread evenly, stay, and move only to a target that comes', () => {
    const keys = Array.from({ length: 3000 }, (_, index) => `conversation-${index}`)
    const choose = (candidates: readonly Candidate[]) =>
      keys.map((stickyKey) => rank({ ...asked, stickyKey }, candidates).chosen)
    const before = choose(trio)
    const share = (id: string) => before.filter((chosen) => chosen === id).length
    // A thousand each; the standard deviation is 26.
    for (const { provider } of trio) expect(Math.abs(share(`${provider}/m`) - 1000)).toBeLessThan(130)
    const after = choose([...trio, candidate('d/m', { quality: 7 })])
    const moved = after.filter((chosen, index) => chosen !== before[index])
    expect(new Set(moved)).toEqual(new Set(['d/m']))
    expect(Math.abs(moved.length - 750)).toBeLessThan(120)
  })
})

test('nothing eligible is nothing chosen', () => {
  expect(rank(question(), [])).toEqual({ strategy: 'balanced', ranked: [], rejected: [] })
})
