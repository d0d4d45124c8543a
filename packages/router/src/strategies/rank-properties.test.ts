import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { HealthVerdict } from '../health/health-verdict.ts'
import type { Candidate } from './candidate.ts'
import { findReasons } from './find-reasons.ts'
import { idOf } from './id-of.ts'
import type { Question } from './question.ts'
import { rank } from './rank.ts'

const strategies = fc.constantFrom('cheapest', 'fastest', 'quality', 'balanced')
const anyNumber = fc.oneof(fc.double(), fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 1e308, 5e-324))
const capabilities = fc.subarray(['chat', 'tools', 'vision'])

const verdicts: fc.Arbitrary<HealthVerdict> = fc.record(
  {
    status: fc.constantFrom('unknown', 'healthy', 'degraded', 'resting', 'probing'),
    uptime: fc.oneof(fc.double({ min: 0, max: 1 }), anyNumber),
    samples: fc.integer({ min: 0, max: 80 }),
    ttftMs: fc.oneof(fc.double({ min: 1, max: 1e5 }), anyNumber),
    tokensPerSecond: fc.oneof(fc.double({ min: 1, max: 1000 }), anyNumber),
  },
  { requiredKeys: ['status', 'uptime', 'samples'] },
)

const facts = {
  provider: fc.constantFrom('a', 'b', 'c'),
  model: fc.constantFrom('m', 'n', 'o', 'p'),
  capabilities,
  contextWindow: fc.oneof(fc.integer({ min: 0, max: 10_000 }), anyNumber),
  maxOutput: fc.integer({ min: 0, max: 5000 }),
  quality: fc.oneof(fc.double({ min: 0, max: 10, noNaN: true }), anyNumber),
  speed: fc.oneof(fc.double({ min: 0, max: 10, noNaN: true }), anyNumber),
  usdPerMillion: fc.oneof(fc.double({ min: 0, max: 20, noNaN: true }), fc.constantFrom(1, 1.01, 1.04), anyNumber),
  obstacles: fc.subarray(['no_key', 'budget', 'neurons'] as const, { maxLength: 1 }),
  health: verdicts,
}
const candidates: fc.Arbitrary<Candidate[]> = fc.uniqueArray(
  fc.record(facts, { requiredKeys: ['provider', 'model', 'capabilities'] }),
  { selector: idOf, maxLength: 12 },
)
/** Nothing speaks against them, so that they are compared. */
const eligible: fc.Arbitrary<Candidate[]> = fc.uniqueArray(
  fc.record({
    provider: facts.provider,
    model: facts.model,
    capabilities: fc.constant(['chat', 'tools', 'vision']),
    quality: fc.double({ min: 0, max: 10, noNaN: true }),
    speed: fc.double({ min: 0, max: 10, noNaN: true }),
    usdPerMillion: fc.oneof(fc.double({ min: 0, max: 20, noNaN: true }), fc.constantFrom(0, 1, 1.01, 1.04, 1.06)),
    health: fc.record({
      status: fc.constantFrom('healthy', 'probing'),
      uptime: fc.double({ min: 0.5, max: 1, noNaN: true }),
      samples: fc.constant(0),
    }),
  }),
  { selector: idOf, minLength: 2, maxLength: 12 },
)

const ids = fc.constantFrom('a/m', 'a/n', 'b/m', 'b/o', 'c/p')
const questions: fc.Arbitrary<Question> = fc.record(
  {
    strategy: strategies,
    needs: capabilities,
    inputTokens: fc.oneof(fc.integer({ min: 0, max: 8000 }), anyNumber),
    outputTokens: fc.oneof(fc.integer({ min: 0, max: 4000 }), anyNumber),
    constraints: fc.record(
      {
        max_price: fc.double({ min: 0, max: 20, noNaN: true }),
        context: fc.integer({ min: 1, max: 9000 }),
        min_quality: fc.double({ min: 0, max: 10, noNaN: true }),
        allow: fc.subarray(['a', 'b/*', '*/m', 'c/p'], { minLength: 1 }),
        deny: fc.subarray(['a/n', '*/o'], { minLength: 1 }),
      },
      { requiredKeys: [] },
    ),
    overrides: fc.dictionary(ids, fc.record({ quality: anyNumber, speed: anyNumber }, { requiredKeys: [] })),
    weights: fc.record({ quality: anyNumber, speed: anyNumber, cost: anyNumber }, { requiredKeys: [] }),
    incumbent: ids,
    stickyKey: fc.string(),
  },
  { requiredKeys: ['strategy', 'needs', 'inputTokens', 'outputTokens'] },
)
const plainly = { needs: ['chat'], inputTokens: 10, outputTokens: 10 }

test('everyone is either ranked or rejected; the ranked are eligible, and every rejection has reasons', () => {
  fc.assert(
    fc.property(questions, candidates, (question, all) => {
      const { ranked, rejected, chosen } = rank(question, all)
      const free = all.filter((candidate) => findReasons(question, candidate).length === 0).map(idOf)
      expect(ranked.map(({ id }) => id).toSorted()).toEqual(free.toSorted())
      expect(chosen).toBe(ranked[0]?.id)
      expect(rejected.every(({ reasons }) => reasons.length > 0)).toBe(true)
      expect(ranked.length + rejected.length).toBe(all.length)
    }),
    { numRuns: 2000 },
  )
})

test('a ranked target has what is needed, has no obstacle and does not rest', () => {
  fc.assert(
    fc.property(questions, candidates, (question, all) => {
      const byId = new Map(all.map((candidate) => [idOf(candidate), candidate]))
      const taken = rank(question, all).ranked.flatMap(({ id }) => byId.get(id) ?? [])
      for (const candidate of taken) {
        expect(question.needs.every((need) => candidate.capabilities.includes(need))).toBe(true)
        expect(candidate.obstacles ?? []).toEqual([])
        expect(candidate.health?.status).not.toBe('resting')
        expect(candidate.usdPerMillion ?? 0).not.toBeGreaterThan(question.constraints?.max_price ?? Infinity)
      }
    }),
    { numRuns: 2000 },
  )
})

test('the decision does not depend on the order of the candidates, and is plain JSON', () => {
  const pairs = candidates.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
  )
  fc.assert(
    fc.property(questions, pairs, (question, [all, shuffled]) => {
      const decision = rank(question, all)
      expect(rank(question, shuffled)).toEqual(decision)
      expect(JSON.parse(JSON.stringify(decision))).toEqual(decision)
    }),
    { numRuns: 2000 },
  )
})

test('scores are numbers, whatever numbers go in', () => {
  fc.assert(
    fc.property(questions, candidates, (question, all) => {
      const { ranked } = rank(question, all)
      expect(ranked.every(({ score, healthPenalty }) => Number.isFinite(score) && Number.isFinite(healthPenalty))).toBe(
        true,
      )
    }),
    { numRuns: 5000 },
  )
})

test('a price that rises never makes the model the cheapest', () => {
  const rises = fc.oneof(fc.double({ min: 0, max: 0.2, noNaN: true }), fc.double({ min: 0, max: 20, noNaN: true }))
  const ways = fc.record({ incumbent: ids, stickyKey: fc.string() }, { requiredKeys: [] })
  let notChosen = 0
  fc.assert(
    fc.property(eligible, fc.tuple(fc.nat(), rises), ways, (all, [seed, rise], way) => {
      const index = seed % all.length
      const raised = all.map((candidate, at) =>
        at === index ? { ...candidate, usdPerMillion: (candidate.usdPerMillion ?? 0) + rise } : candidate,
      )
      const question: Question = { strategy: 'cheapest', ...plainly, ...way }
      const [before, after] = [rank(question, all).chosen, rank(question, raised).chosen]
      const id = all.map(idOf)[index]
      notChosen += Number(before !== id)
      expect(after === id && before !== id).toBe(false)
    }),
    { numRuns: 5000 },
  )
  expect(notChosen).toBeGreaterThan(1000)
})

test('a change below the near tie never moves the incumbent', () => {
  const change = fc.double({ min: -0.1, max: 0.1, noNaN: true })
  fc.assert(
    fc.property(
      eligible,
      fc.constantFrom('fastest', 'quality', 'balanced'),
      fc.array(change, { minLength: 24, maxLength: 24 }),
      (all, strategy, changes) => {
        const incumbent = rank({ strategy, ...plainly }, all).ranked.reduce((a, b) => (b.score > a.score ? b : a)).id
        // By 0.1 at most: 0.2 of quality between two, 0.4 of balanced with speed unchanged.
        const field = strategy === 'fastest' ? 'speed' : 'quality'
        const changed = all.map((candidate, index) => ({
          ...candidate,
          [field]: Math.min(10, Math.max(0, (candidate[field] ?? 0) + (changes[index] ?? 0))),
        }))
        expect(rank({ strategy, ...plainly, incumbent }, changed).chosen).toBe(incumbent)
      },
    ),
    { numRuns: 2000 },
  )
})

test('a faster target never gets a lower speed', () => {
  const measured = fc.record({
    ttftMs: fc.double({ min: 1, max: 1e6, noNaN: true }),
    tokensPerSecond: fc.double({ min: 0.1, max: 1e5, noNaN: true }),
  })
  const speedOf = (speed: { ttftMs: number; tokensPerSecond: number }) => {
    const health = { status: 'healthy', uptime: 1, samples: 20, ...speed } as const
    const candidate = { provider: 'a', model: 'm', capabilities: ['chat'], health }
    return rank({ strategy: 'fastest', ...plainly }, [candidate]).ranked[0]?.score ?? NaN
  }
  fc.assert(
    fc.property(measured, fc.double({ min: 1, max: 10, noNaN: true }), (speed, times) => {
      const score = speedOf(speed)
      expect(speedOf({ ...speed, ttftMs: speed.ttftMs / times })).toBeGreaterThanOrEqual(score)
      expect(speedOf({ ...speed, tokensPerSecond: speed.tokensPerSecond * times })).toBeGreaterThanOrEqual(score)
    }),
    { numRuns: 1000 },
  )
})
