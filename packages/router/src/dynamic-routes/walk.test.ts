import { expect, test } from 'vitest'
import { elements as of } from './__fixtures__/elements.ts'
import { factsOf } from './__fixtures__/facts-of.ts'
import { routeOf } from './__fixtures__/route-of.ts'
import { afterModel } from './after-model.ts'
import { afterRate } from './after-rate.ts'
import { startWalk } from './start-walk.ts'

const route = routeOf([
  of.start('when'),
  of.when('when', { 'metadata.plan': 'paid' }, ['big', 'count']),
  of.rate('count', ['small', 'tiny']),
  of.model('big', 'small'),
  of.model('small', 'tiny'),
  { ...of.model('tiny'), properties: { provider: 'workers-ai', model: '@cf/x' } },
  of.end(),
])

test('a walk stops at a model, and says all that it needs', () => {
  const walk = startWalk(route, factsOf({ metadata: { plan: 'paid' } }))
  expect(walk.path).toEqual(['start', 'when', 'big'])
  expect(walk.stop).toMatchObject({
    kind: 'model',
    provider: 'openai',
    model: 'big',
    timeoutMs: 1000,
    attempts: 2,
    hasFallback: true,
  })
  expect(afterModel(walk, 'answered')).toMatchObject({
    path: ['start', 'when', 'big', 'end'],
    stop: { kind: 'end', reason: 'end' },
  })
})

test('a model that fails leads to its fallback, and without one to the end', () => {
  const first = startWalk(route, factsOf({ metadata: { plan: 'paid' } }))
  const second = afterModel(first, 'failed')
  const third = afterModel(second, 'failed')
  expect(third.stop).toEqual({
    kind: 'model',
    element: expect.anything(),
    provider: 'workers-ai',
    model: '@cf/x',
    hasFallback: false,
  })
  expect(afterModel(third, 'failed')).toMatchObject({
    path: ['start', 'when', 'big', 'small', 'tiny'],
    stop: { kind: 'end', reason: 'no_fallback' },
  })
})

test('a fallback to the end is none: nothing else follows', () => {
  const only = routeOf([of.start('m'), of.model('m', 'end'), of.end()])
  const walk = startWalk(only, factsOf())
  expect(walk.stop).toMatchObject({ hasFallback: false })
  expect(afterModel(walk, 'failed').stop).toEqual({ kind: 'end', reason: 'end' })
})

test('a limit is asked for each value of its key, and leads on or to its fallback', () => {
  const walk = startWalk(route, factsOf({ metadata: { user_id: 7 } }))
  expect(walk.stop).toMatchObject({
    kind: 'rate',
    limitType: 'count',
    bucketKey: '7',
    limit: 10,
    windowSeconds: 60,
    technique: 'fixed',
  })
  expect(afterRate(walk, true).stop).toMatchObject({ model: 'small' })
  expect(afterRate(walk, false).stop).toMatchObject({ model: '@cf/x' })
  const keyOf = (metadata: object): unknown => {
    const { stop } = startWalk(route, factsOf({ metadata: { ...metadata } }))
    return stop.kind === 'rate' ? stop.bucketKey : undefined
  }
  expect([{ user_id: '7' }, { user_id: null }, {}].map(keyOf)).toEqual(['"7"', 'null', ''])
})

test('a step that the walk does not wait for changes nothing', () => {
  const walk = startWalk(route, factsOf({ metadata: { plan: 'paid' } }))
  expect(afterRate(walk, false)).toBe(walk)
  const ended = afterModel(walk, 'answered')
  expect(afterModel(ended, 'failed')).toBe(ended)
})

test('without a sticky key the random number decides', () => {
  const split = routeOf([
    of.start('s'),
    of.split('s', { '50%': 'a', else: 'b' }),
    of.model('a'),
    of.model('b'),
    of.end(),
  ])
  const targets = Array.from(
    { length: 1000 },
    (_, index) => startWalk(split, factsOf({ random: index / 1000 })).path[2],
  )
  const share = targets.filter((target) => target === 'a').length
  expect(share).toBeGreaterThan(400)
  expect(share).toBeLessThan(600)
  const sticky = Array.from(
    { length: 50 },
    (_, index) => startWalk(split, factsOf({ random: index / 50, stickyKey: 'k' })).path[2],
  )
  expect(new Set(sticky).size).toBe(1)
})
