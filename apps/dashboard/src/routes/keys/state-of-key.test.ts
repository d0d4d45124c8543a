import { expect, test } from 'vitest'
import { stateOfKey } from './state-of-key.ts'

const active = { revoked_at: null, expires_at: null, previous_until: null }

test.each([
  [active, 'active'],
  [{ ...active, revoked_at: 5, expires_at: 5 }, 'revoked'],
  [{ ...active, expires_at: 10 }, 'expired'],
  [{ ...active, expires_at: 11 }, 'active'],
  [{ ...active, previous_until: 11 }, 'rotating'],
  [{ ...active, previous_until: 10 }, 'active'],
] as const)('%o is %s', (times, state) => {
  expect(stateOfKey(times, 10)).toBe(state)
})
