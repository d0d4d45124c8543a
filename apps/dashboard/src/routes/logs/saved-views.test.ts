import { expect, test } from 'vitest'
import { parseSavedViews, withView } from './saved-views.ts'

test('what is stored is read, and what is no view left out', () => {
  const views = [
    { name: 'Slow', q: 'duration:>5s', range: '7d' },
    { name: 3 },
    null,
    { name: 'All', q: '', range: 'ever' },
  ]
  expect(parseSavedViews(JSON.stringify(views))).toEqual([
    { name: 'Slow', q: 'duration:>5s', range: '7d' },
    { name: 'All', q: '' },
  ])
  expect(parseSavedViews('{')).toEqual([])
  expect(parseSavedViews(null)).toEqual([])
})

test('a view replaces the one of its name', () => {
  const old = { name: 'Slow', q: 'duration:>5s' }
  expect(withView([old, { name: 'B', q: '' }], { name: 'Slow', q: 'duration:>9s' })).toEqual([
    { name: 'B', q: '' },
    { name: 'Slow', q: 'duration:>9s' },
  ])
})
