import { expect, test } from 'vitest'
import { parseAuditSearch } from './audit-search.ts'

test('what the page knows is read from the URL, and nothing else', () => {
  const search = { actor: 'u1', action: 'budgets', system: '1', entry: 'e1', range: '7d', other: 'x' }
  expect(parseAuditSearch(search)).toEqual({ actor: 'u1', action: 'budgets', system: '1', entry: 'e1', range: '7d' })
  expect(parseAuditSearch({ actor: '', system: 'yes', range: 'ages' })).toEqual({})
})
