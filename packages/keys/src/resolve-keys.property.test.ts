import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { seededRandom } from './__fixtures__/seeded-random.ts'
import { vaultOf } from './__fixtures__/test-vault.ts'
import { createKeyResolver } from './create-key-resolver.ts'
import { createMemoryProviderKeyStore } from './create-memory-provider-key-store.ts'
import type { KeyCandidate, KeyQuery } from './key-resolver.ts'
import type { KeyLevel, ProviderKey } from './provider-key.ts'
import { Secret } from './secret.ts'
import { UnknownAliasError } from './unknown-alias-error.ts'

const now = 1000
const vault = vaultOf(1)
const order = ['user', 'org', 'system_tier', 'system', 'environment']

/** Few values of each kind, so that records often nearly fit a call. */
const providers = fc.constantFrom('openai', 'azure-openai')
const orgs = fc.constantFrom('acme', 'other')
const users = fc.constantFrom('alice', 'bob')
const tiers = fc.constantFrom('FREE', 'BUSINESS')
const aliases = fc.constantFrom('default', 'default', 'second')

const facts = fc.record({
  level: fc.constantFrom<KeyLevel>('user', 'org', 'system_tier', 'system'),
  orgId: orgs,
  userId: users,
  tierId: tiers,
  providerId: providers,
  alias: aliases,
  weight: fc.integer({ min: 1, max: 1000 }),
  disabledAt: fc.constantFrom(null, null, 5),
  restsUntil: fc.constantFrom(null, null, now, now + 1),
  /** Whose seal the record carries: its own, or that of the record before it. */
  isMoved: fc.constantFrom(false, false, false, true),
  /** Whether this isolate saw the provider refuse it. */
  isRefused: fc.constantFrom(false, false, true),
})
type Facts = typeof facts extends fc.Arbitrary<infer T> ? T : never

const calls = fc.record({
  providerId: providers,
  orgId: orgs,
  userId: fc.option(users),
  tierId: fc.option(tiers),
  alias: fc.option(aliases, { nil: undefined }),
  hasEnvironment: fc.boolean(),
  isFreePossible: fc.boolean(),
})
type Call = typeof calls extends fc.Arbitrary<infer T> ? T : never

async function toRecords(all: readonly Facts[]): Promise<ProviderKey[]> {
  const records: ProviderKey[] = []
  for (const [index, { restsUntil, isMoved, isRefused: _, ...rest }] of all.entries()) {
    const { level, providerId } = rest
    const id = `key-${index}`
    const orgId = level === 'user' || level === 'org' ? rest.orgId : null
    const own = await vault.seal(new Secret(`sk-${id}`), { orgId, providerId, recordId: id })
    records.push({
      ...rest,
      id,
      orgId,
      userId: level === 'user' ? rest.userId : null,
      tierId: level === 'system_tier' ? rest.tierId : null,
      name: id,
      lastFour: 'wxyz',
      sealed: (isMoved && records.at(-1)?.sealed) || own,
      createdAt: index,
      updatedAt: 0,
      rejection: restsUntil === null ? null : { reason: 'auth', at: 1, until: restsUntil },
    })
  }
  return records
}

/** What the rules say of one key, in words of their own. */
function isFor(key: ProviderKey, call: Call): boolean {
  if (key.providerId !== call.providerId) return false
  if (key.level === 'user') return key.orgId === call.orgId && key.userId === call.userId
  if (key.level === 'org') return key.orgId === call.orgId
  if (key.level === 'system_tier') return key.tierId === call.tierId
  return true
}

async function check(all: readonly Facts[], call: Call): Promise<void> {
  const records = await toRecords(all)
  const env = call.hasEnvironment ? { OPENAI_API_KEY: 'sk-env' } : {}
  const store = createMemoryProviderKeyStore(records)
  const resolver = createKeyResolver({ store, vault, env, now: () => now, random: seededRandom(5) })
  const { providerId, orgId, userId, tierId, alias, isFreePossible } = call
  const query: KeyQuery = {
    providerId,
    caller: { gatewayKeyId: 'k', orgId, userId, scopes: {} },
    tierId,
    alias,
    envKeys: ['OPENAI_API_KEY'],
    free: { isPossible: isFreePossible, reason: 'Because.' },
  }
  const refused = records.filter((_, index) => all[index]?.isRefused)
  for (const { id, level } of refused) {
    const candidate = { providerId, source: level, keyId: id, alias: null, secret: new Secret('') }
    await resolver.reject(candidate, { reason: 'quota_exceeded' })
  }

  const wanted = alias ?? 'default'
  const mine = records.filter((key) => isFor(key, call))
  const asked = mine.filter((key) => {
    const isReadable = !all[Number(key.id.slice(4))]?.isMoved || key.id === 'key-0'
    return key.alias === wanted && key.disabledAt === null && isReadable
  })
  const rests = (key: ProviderKey): boolean => {
    const { isRefused, restsUntil } = all[Number(key.id.slice(4))] ?? {}
    return Boolean(isRefused) || (restsUntil ?? 0) > now
  }
  const ids = asked.filter((key) => !rests(key)).map(({ id }) => id)
  if (wanted === 'default' && call.hasEnvironment) ids.push(`env:${providerId}`)

  const isUnknownAlias = wanted !== 'default' && !mine.some((key) => key.alias === wanted)
  let candidates: KeyCandidate[] = []
  let error: unknown
  try {
    candidates = await resolver.resolve(query)
  } catch (thrown) {
    error = thrown
  }
  expect(error instanceof UnknownAliasError).toBe(isUnknownAlias)
  // Keys that rest are better than none.
  const tried = ids.length > 0 ? ids : asked.map(({ id }) => id)
  expect(candidates.map(({ keyId }) => keyId).toSorted()).toEqual(tried.toSorted())
  for (const { keyId, source, secret, providerId: sentTo } of candidates) {
    const record = records.find(({ id }) => id === keyId)
    expect([sentTo, secret.reveal(), source]).toEqual([
      providerId,
      record ? `sk-${keyId}` : 'sk-env',
      record?.level ?? 'environment',
    ])
  }
  const places = candidates.map(({ source }) => order.indexOf(source))
  expect(places).toEqual(places.toSorted((a, b) => a - b))

  const explained = await resolver.explainKeyResolution(query)
  expect(explained.map(({ level }) => level)).toEqual([...order, 'free'])
  const winners = explained.filter(({ outcome }) => outcome === 'wins').map(({ level }) => level)
  const free = isFreePossible && wanted === 'default' ? ['free'] : []
  const [first] = candidates
  expect(winners).toEqual(first && ids.length > 0 ? [first.source] : free)
  const usableOnes = explained.flatMap(({ keys }) => keys.filter(({ outcome }) => outcome === 'usable'))
  expect(usableOnes.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
}

test('a key serves only the callers and the provider that it is for, and what is explained is what is done', async () => {
  await fc.assert(fc.asyncProperty(fc.array(facts, { maxLength: 10 }), calls, check), { numRuns: 400 })
}, 30_000)
