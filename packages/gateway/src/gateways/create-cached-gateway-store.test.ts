import { expect, test } from 'vitest'
import { createCachedGatewayStore } from './create-cached-gateway-store.ts'
import { createMemoryGatewayStore } from './create-memory-gateway-store.ts'
import type { Gateway } from './gateway-store.ts'

test('a gateway is read once in ten seconds and used while the store is down; of another organisation it is another one', async () => {
  const clock = { now: 0 }
  const reads: string[] = []
  let isDown = false
  const store = {
    ...createMemoryGatewayStore(),
    find: async (orgId: string, id: string): Promise<Gateway | undefined> => {
      reads.push(`${orgId}/${id}`)
      if (isDown) throw new Error('D1 is down.')
      return orgId === 'none' ? undefined : { orgId, id, settings: { retry_max_attempts: reads.length } }
    },
  }
  const cached = createCachedGatewayStore(store, { now: () => clock.now })
  const attemptsOf = async (orgId: string, id: string) => (await cached.find(orgId, id))?.settings.retry_max_attempts

  expect([await attemptsOf('a', 'x'), await attemptsOf('a', 'x'), await attemptsOf('b', 'x')]).toEqual([1, 1, 2])
  expect([await attemptsOf('none', 'x'), await attemptsOf('none', 'x')]).toEqual([undefined, undefined])
  clock.now = 10_000
  isDown = true
  expect(await attemptsOf('a', 'x')).toBe(1)
  isDown = false
  clock.now = 11_000
  expect(await attemptsOf('a', 'x')).toBe(6)
  expect(reads).toEqual(['a/x', 'b/x', 'none/x', 'none/x', 'a/x', 'a/x'])
})
