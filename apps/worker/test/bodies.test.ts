import { createBodies } from '@gw/gateway'
import { createVault, parseMasterKeys } from '@gw/keys'
import { env } from 'cloudflare:test'
import { expect, test } from 'vitest'
import { createBodyStore } from '../src/create-body-store.ts'
import { deleteOldBodies } from '../src/delete-old-bodies.ts'

const dayMs = 86_400_000
const bucket = env.BODIES
if (!bucket) throw new Error('The tests have a bucket.')
const store = createBodyStore(bucket)
const random = (bytes: Uint8Array<ArrayBuffer>): void => void crypto.getRandomValues(bytes)
const vaultOf = (byte: number) => {
  const masterKeys = parseMasterKeys(btoa(String.fromCodePoint(...Array.from({ length: 32 }, () => byte))))
  return masterKeys && createVault({ masterKeys, random })
}

/** An id of a row that was made so many days ago. */
function idOf(daysAgo: number): string {
  const time = (Date.now() - daysAgo * dayMs).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`
}

const bodies = {
  request: '{"prompt":"a secret plan"}',
  response: 'data: 1\n\n',
  responseType: 'text/event-stream',
  isCut: false,
}

test('what is kept is sealed, and opens for its own row and organisation alone', async () => {
  const kept = createBodies({ store, vault: vaultOf(1) })
  const place = { orgId: 'acme', logId: idOf(0) }
  await kept.put(place, bodies)
  const stored = await store.get(place)
  expect(new TextDecoder().decode(stored)).not.toContain('secret plan')
  expect(await kept.get(place)).toEqual(bodies)
  expect(await kept.get({ ...place, orgId: 'other' })).toBe(undefined)

  const moved = { orgId: 'other', logId: place.logId }
  await store.put(moved, stored ?? new Uint8Array(0))
  await expect(kept.get(moved)).rejects.toThrow('does not open')
  await expect(createBodies({ store, vault: vaultOf(2) }).get(place)).rejects.toThrow('master key')
  await kept.remove([place])
  expect(await kept.get(place)).toBe(undefined)
})

test('without a master key it is kept as it is', async () => {
  const kept = createBodies({ store, vault: undefined })
  const place = { orgId: 'acme', logId: idOf(0) }
  await kept.put(place, bodies)
  expect(await kept.get(place)).toEqual(bodies)
  await kept.remove([place])
})

test('days of which rows are not kept lose their bodies too', async () => {
  const kept = createBodies({ store, vault: undefined })
  const places = [40, 32, 5].map((days) => ({ orgId: 'aged', logId: idOf(days) }))
  for (const place of places) await kept.put(place, bodies)
  expect(await deleteOldBodies({ ...env, GW_LOG_RETENTION_DAYS: '0' })).toBe(0)
  expect(await deleteOldBodies(env)).toBe(2)
  expect(await Promise.all(places.map(async (place) => (await kept.get(place)) !== undefined))).toEqual([
    false,
    false,
    true,
  ])
  expect(await deleteOldBodies(env)).toBe(0)
})
