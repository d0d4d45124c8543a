import { expect, test } from 'vitest'
import { parseKeysSearch } from './keys-search.ts'

test('the tab and the question are read from the URL, and nothing else', () => {
  expect(parseKeysSearch({ tab: 'resolution', provider: 'openai', user: 'u1', key: 'sk' })).toEqual({
    tab: 'resolution',
    provider: 'openai',
    user: 'u1',
  })
  expect(parseKeysSearch({ tab: 'secrets', provider: '' })).toEqual({})
})
