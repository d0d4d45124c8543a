import { expect, test } from 'vitest'
import { parseAlertsSearch } from './alerts-search.ts'

test('the tab, and whose alerts they are, are read from the URL', () => {
  expect(parseAlertsSearch({ tab: 'rules', system: '1', x: 'y' })).toEqual({ tab: 'rules', system: '1' })
  expect(parseAlertsSearch({ tab: 'noise', system: 'true' })).toEqual({})
})
