import { expect, test } from 'vitest'
import { endingOf, passes } from './walk.ts'

test('a line is passed where its ends follow each other', () => {
  const walk = { path: ['start', 'split', 'a', 'end'] }
  expect([passes(walk, 'start', 'split'), passes(walk, 'split', 'b'), passes(walk, 'start', 'a')]).toEqual([
    true,
    false,
    false,
  ])
})

test('says how a walk ends', () => {
  const answers = { element: 'a', provider: 'openai', model: 'gpt-4o' }
  expect(endingOf({ answers, ends: null, tried: [answers] })).toBe('openai/gpt-4o answers')
  expect(endingOf({ answers: null, ends: 'end', tried: [answers] })).toBe(
    'The end is reached: every model on the way failed',
  )
  expect(endingOf({ answers: null, ends: 'no_fallback', tried: [] })).toBe(
    'What failed last has no fallback: the caller gets its error',
  )
})
