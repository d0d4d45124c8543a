import { describe, expect, test, vi } from 'vitest'
import { seededRandom } from './__fixtures__/seeded-random.ts'
import { vaultOf } from './__fixtures__/test-vault.ts'
import { createKeyResolver, type KeyResolverOptions } from './create-key-resolver.ts'
import { createMemoryProviderKeyStore } from './create-memory-provider-key-store.ts'
import type { KeyCandidate, KeyQuery } from './key-resolver.ts'
import type { ProviderKey } from './provider-key.ts'
import { Secret } from './secret.ts'

const vault = vaultOf(1)
const start = Date.UTC(2026, 10, 20)
const query: KeyQuery = {
  providerId: 'openai',
  caller: { gatewayKeyId: 'k', orgId: 'acme', userId: 'alice', scopes: {} },
  tierId: 'FREE',
  envKeys: ['OPENAI_API_KEY'],
}

async function keyOf(id: string, change: Partial<ProviderKey> = {}): Promise<ProviderKey> {
  const { orgId = 'acme', providerId = 'openai' } = change
  return {
    id,
    level: 'org',
    orgId,
    userId: null,
    tierId: null,
    providerId,
    alias: 'default',
    name: `key ${id}`,
    weight: 1,
    lastFour: `-${id}`.slice(-4),
    sealed: await vault.seal(new Secret(`sk-${id}`), { orgId, providerId, recordId: id }),
    createdAt: 1,
    updatedAt: 1,
    disabledAt: null,
    rejection: null,
    ...change,
  }
}

const levels = {
  user: { level: 'user', userId: 'alice' },
  org: { level: 'org' },
  tier: { level: 'system_tier', orgId: null, tierId: 'FREE' },
  all: { level: 'system', orgId: null },
} as const
const oneOfEach = () => Promise.all(Object.entries(levels).map(([id, change]) => keyOf(id, change)))

function setUp(keys: readonly ProviderKey[], options: Partial<KeyResolverOptions> = {}) {
  const clock = { now: start }
  const store = createMemoryProviderKeyStore(keys)
  const reports: unknown[] = []
  const resolver = createKeyResolver({
    store,
    vault,
    env: { OPENAI_API_KEY: 'sk-env' },
    now: () => clock.now,
    random: seededRandom(1),
    report: (error) => void reports.push(error),
    ...options,
  })
  const secrets = async (change: Partial<KeyQuery> = {}): Promise<string[]> =>
    (await resolver.resolve({ ...query, ...change })).map(({ secret }) => secret.reveal())
  const first = async (): Promise<KeyCandidate> => {
    const [candidate] = await resolver.resolve(query)
    if (!candidate) throw new Error('There is a candidate.')
    return candidate
  }
  const outcomes = async (change: Partial<KeyQuery> = {}): Promise<string[][]> =>
    (await resolver.explainKeyResolution({ ...query, ...change })).map(({ level, outcome, keys: own }) => [
      level,
      outcome,
      ...own.map((key) => key.outcome),
    ])
  return { clock, store, resolver, reports, secrets, first, outcomes }
}

describe('resolve', () => {
  test('gives every usable key, level by level, each with its source', async () => {
    const { resolver } = setUp((await oneOfEach()).toReversed())
    const candidates = await resolver.resolve(query)
    expect(candidates.map(({ secret, ...rest }) => ({ ...rest, secret: secret.reveal() }))).toEqual([
      { providerId: 'openai', source: 'user', keyId: 'user', alias: 'default', secret: 'sk-user' },
      { providerId: 'openai', source: 'org', keyId: 'org', alias: 'default', secret: 'sk-org' },
      { providerId: 'openai', source: 'system_tier', keyId: 'tier', alias: 'default', secret: 'sk-tier' },
      { providerId: 'openai', source: 'system', keyId: 'all', alias: 'default', secret: 'sk-all' },
      { providerId: 'openai', source: 'environment', keyId: 'env:openai', alias: null, secret: 'sk-env' },
    ])
  })

  test('without a store, and without a key anywhere', async () => {
    expect(await setUp([], { store: undefined, vault: undefined }).secrets()).toEqual(['sk-env'])
    expect(await setUp([], { env: {} }).secrets()).toEqual([])
  })

  const together = {
    envKeys: ['A_KEY', 'B_KEY'],
    envSets: [
      ['ID', 'SECRET', 'TOKEN'],
      ['ID', 'SECRET'],
    ],
  }
  test.each([
    [{ A_KEY: '', B_KEY: 'b' }, ['b']],
    [{ A_KEY: 'a', B_KEY: 'b' }, ['a']],
    [{ ID: 'i', SECRET: 's', TOKEN: 't' }, ['i:s:t']],
    [{ ID: 'i', SECRET: 's', TOKEN: '' }, ['i:s']],
    [{ ID: 'i', SECRET: 's', B_KEY: 'b' }, ['b']],
    [{ ID: 'i', TOKEN: 't' }, []],
    [{ A_KEY: 7 }, []],
  ])(
    'the environment: the first variable that is set, else those that make the secret together: %j',
    async (env, secrets) => {
      expect(await setUp([], { env }).secrets(together)).toEqual(secrets)
    },
  )

  test('keys that are disabled, rest, have another alias or cannot be read are passed over', async () => {
    const keys = [
      await keyOf('disabled', { disabledAt: 5 }),
      await keyOf('resting', { rejection: { reason: 'auth', at: start - 1, until: start + 1 } }),
      await keyOf('other', { alias: 'other' }),
      await keyOf('moved', { sealed: (await keyOf('else')).sealed }),
      await keyOf('lost', {
        sealed: await vaultOf(9).seal(new Secret('x'), { orgId: 'acme', providerId: 'openai', recordId: 'lost' }),
      }),
      await keyOf('good'),
      await keyOf('rested', { rejection: { reason: 'auth', at: 1, until: start } }),
    ]
    const { secrets, outcomes } = setUp(keys)
    expect((await secrets()).toSorted()).toEqual(['sk-env', 'sk-good', 'sk-rested'])
    expect((await outcomes())[1]).toEqual([
      'org',
      'wins',
      'disabled',
      'resting',
      'other_alias',
      'unreadable',
      'unreadable',
      'usable',
      'usable',
    ])
  })

  test('within a level the keys come at random by weight', async () => {
    const keys = [await keyOf('light', { weight: 1 }), await keyOf('heavy', { weight: 4 })]
    const { secrets } = setUp(keys)
    let heavy = 0
    for (let i = 0; i < 2000; i++) if ((await secrets())[0] === 'sk-heavy') heavy += 1
    // Four standard deviations of 2,000 draws with probability 4/5: 4 × √(0.16 / 2,000) = 0.036.
    expect(Math.abs(heavy / 2000 - 4 / 5)).toBeLessThan(0.036)
  })

  test('a secret is opened once for the life of its record', async () => {
    const open = vi.fn<typeof vault.open>((...sealed) => vault.open(...sealed))
    const { secrets, store } = setUp([await keyOf('a')], { vault: { ...vault, open } })
    for (let i = 0; i < 3; i++) expect(await secrets()).toEqual(['sk-a', 'sk-env'])
    expect(open).toHaveBeenCalledTimes(1)
    const sealed = await vault.seal(new Secret('sk-new'), { orgId: 'acme', providerId: 'openai', recordId: 'a' })
    await store.update({ orgId: 'acme' }, 'a', { secret: { sealed, lastFour: '-new' }, updatedAt: 2 })
    expect(await secrets()).toEqual(['sk-new', 'sk-env'])
  })

  test('a key that cannot be opened is reported once for the life of its record', async () => {
    const { secrets, reports } = setUp([await keyOf('a', { sealed: (await keyOf('b')).sealed })])
    await secrets()
    await secrets()
    expect(reports).toEqual([expect.objectContaining({ code: 'tampered' })])
  })

  test.each([
    ['of another provider', { providerId: 'mistral' }],
    ['of another organisation', { orgId: 'other' }],
    ['of another user', { level: 'user', userId: 'bob' }],
    ['of another tier', { level: 'system_tier', orgId: null, tierId: 'BUSINESS' }],
  ] as const)('a store that answers with a key %s is not believed', async (_, change) => {
    const key = await keyOf('a', change)
    const { resolver } = setUp([], { store: { ...createMemoryProviderKeyStore(), findFor: async () => [key] } })
    const message = 'The store of provider keys answered key "a", which is not for this call.'
    await expect(resolver.resolve(query)).rejects.toThrow(message)
    await expect(resolver.explainKeyResolution(query)).rejects.toThrow(message)
  })

  test('a caller without user and tier gets no keys of users and tiers', async () => {
    const { secrets } = setUp(await oneOfEach())
    const caller = { ...query.caller, userId: null }
    expect(await secrets({ caller, tierId: null })).toEqual(['sk-org', 'sk-all', 'sk-env'])
  })
})

describe('aliases', () => {
  const aliased = () => Promise.all([keyOf('a', { alias: 'team-b' }), keyOf('b', { ...levels.all, alias: 'team-a' })])

  test('a named alias finds the stored keys of that name alone', async () => {
    const { secrets } = setUp([...(await oneOfEach()), ...(await aliased())])
    expect(await secrets({ alias: 'team-b' })).toEqual(['sk-a'])
    expect(await secrets({ alias: 'team-a' })).toEqual(['sk-b'])
  })

  test('an alias that no key has is an error that names those there are', async () => {
    const { resolver } = setUp([...(await aliased()), await keyOf('c', { providerId: 'mistral', alias: 'team-c' })])
    await expect(resolver.resolve({ ...query, alias: 'team-c' })).rejects.toMatchObject({
      name: 'UnknownAliasError',
      providerId: 'openai',
      alias: 'team-c',
      aliases: ['team-a', 'team-b'],
      message: "Provider 'openai' has no BYOK credential named 'team-c'. Configured aliases: 'team-a', 'team-b'",
    })
    const none = setUp([]).resolver.resolve({ ...query, alias: 'x' })
    await expect(none).rejects.toThrow("Provider 'openai' has no BYOK credential named 'x'. Configured aliases: none")
  })

  test('an alias whose keys all rest is no unknown one', async () => {
    const { secrets } = setUp([await keyOf('a', { alias: 'x', disabledAt: 1 })])
    expect(await secrets({ alias: 'x' })).toEqual([])
  })

  test('the alias "default" is what is asked for without any', async () => {
    expect(await setUp([]).secrets({ alias: 'default' })).toEqual(['sk-env'])
  })
})

describe('reject and accept', () => {
  const minute = 60_000

  test.each([
    ['a wrong key rests five minutes', { reason: 'auth' }, 5 * minute],
    ['a wrong key rests five minutes, whatever the provider asks', { reason: 'auth', retryAfterMs: 1 }, 5 * minute],
    ['a used-up key rests a minute', { reason: 'quota_exceeded' }, minute],
    ['a used-up key rests as long as the provider asks', { reason: 'quota_exceeded', retryAfterMs: 7000 }, 7000],
    ['a used-up key rests an hour at most', { reason: 'quota_exceeded', retryAfterMs: 1e12 }, 60 * minute],
    ['a request to wait no time is none', { reason: 'quota_exceeded', retryAfterMs: 0 }, minute],
    ['a request that is no number is none', { reason: 'quota_exceeded', retryAfterMs: Number.NaN }, minute],
  ] as const)('%s', async (_, refusal, restMs) => {
    const { clock, secrets, first, store, resolver } = setUp([await keyOf('a')])
    await resolver.reject(await first(), refusal)
    expect((await store.find({ orgId: 'acme' }, 'a'))?.rejection).toEqual({
      reason: refusal.reason,
      at: start,
      until: start + restMs,
    })
    clock.now = start + restMs - 1
    expect(await secrets()).toEqual(['sk-env'])
    clock.now = start + restMs
    expect(await secrets()).toEqual(['sk-a', 'sk-env'])
  })

  test('counts at once, though the store says otherwise or fails', async () => {
    const store = createMemoryProviderKeyStore([await keyOf('a')])
    const down = new Error('D1 is down.')
    const { secrets, first, resolver, reports } = setUp([], {
      store: { ...store, mark: () => Promise.reject(down) },
    })
    const rejected = resolver.reject(await first(), { reason: 'auth' })
    expect(await secrets()).toEqual(['sk-env'])
    await rejected
    expect(reports).toEqual([down])
    expect(await secrets()).toEqual(['sk-env'])
  })

  test('another isolate learns of it from the store', async () => {
    const one = setUp([await keyOf('a')])
    await one.resolver.reject(await one.first(), { reason: 'auth' })
    expect(await setUp([], { store: one.store }).secrets()).toEqual(['sk-env'])
  })

  test('a key of the environment rests in memory', async () => {
    const { clock, first, resolver, store, outcomes } = setUp([])
    const mark = vi.spyOn(store, 'mark')
    await resolver.reject(await first(), { reason: 'auth' })
    expect((await outcomes())[4]).toEqual(['environment', 'unusable', 'resting'])
    clock.now += 5 * minute
    expect((await outcomes())[4]).toEqual(['environment', 'wins', 'usable'])
    expect(mark).not.toHaveBeenCalled()
  })

  test('keys that rest are tried where no other can be, level by level', async () => {
    const { secrets, resolver, first } = setUp([await keyOf('a')])
    await resolver.reject(await first(), { reason: 'auth' })
    expect(await secrets()).toEqual(['sk-env'])
    await resolver.reject(await first(), { reason: 'auth' })
    expect(await secrets()).toEqual(['sk-a', 'sk-env'])
  })

  test('a key of the environment rests for its provider alone', async () => {
    const { secrets, first, resolver } = setUp([])
    await resolver.reject(await first(), { reason: 'auth' })
    expect(await secrets({ providerId: 'azure-openai' })).toEqual(['sk-env'])
  })

  test("a caller's own secret is not ours to mark", async () => {
    const { first, secrets, resolver, store } = setUp([await keyOf('a')])
    const mark = vi.spyOn(store, 'mark')
    await resolver.reject({ ...(await first()), source: 'request' }, { reason: 'auth' })
    expect(await secrets()).toEqual(['sk-a', 'sk-env'])
    expect(mark).not.toHaveBeenCalled()
  })

  test('a success takes a mark away, also that of another isolate, and writes only where there is one', async () => {
    const rejection = { reason: 'auth', at: start - 2, until: start - 1 } as const
    const { first, resolver, store } = setUp([await keyOf('a', { rejection })])
    const mark = vi.spyOn(store, 'mark')
    const candidate = await first()
    await Promise.all([resolver.accept(candidate), resolver.accept(candidate)])
    expect((await store.find({ orgId: 'acme' }, 'a'))?.rejection).toBe(null)
    expect(mark.mock.calls).toEqual([['a', null]])
  })

  test('a success of a key that was never refused writes nothing', async () => {
    const { first, resolver, store } = setUp([await keyOf('a')])
    const mark = vi.spyOn(store, 'mark')
    await resolver.accept(await first())
    expect(mark).not.toHaveBeenCalled()
  })

  test('a success of a call that began before the rejection ends the rest', async () => {
    const { first, secrets, resolver } = setUp([await keyOf('a')])
    const candidate = await first()
    await resolver.reject(candidate, { reason: 'quota_exceeded' })
    await resolver.accept(candidate)
    expect(await secrets()).toEqual(['sk-a', 'sk-env'])
  })

  test('a new secret makes the mark void', async () => {
    const { clock, first, secrets, resolver, store } = setUp([await keyOf('a')])
    await resolver.reject(await first(), { reason: 'auth' })
    clock.now += 1
    const sealed = await vault.seal(new Secret('sk-new'), { orgId: 'acme', providerId: 'openai', recordId: 'a' })
    await store.update({ orgId: 'acme' }, 'a', { secret: { sealed, lastFour: '-new' }, updatedAt: clock.now })
    expect(await secrets()).toEqual(['sk-new', 'sk-env'])
  })
})

describe('explainKeyResolution', () => {
  test('says of all six levels what they have, and the first that can be used wins', async () => {
    const { resolver } = setUp([
      await keyOf('u', { ...levels.user, disabledAt: Date.UTC(2026, 0, 2) }),
      await keyOf('o', { rejection: { reason: 'quota_exceeded', at: start - 1000, until: start + 1000 } }),
      await keyOf('t', { ...levels.tier, alias: 'batch' }),
      await keyOf('s', { ...levels.all, weight: 3 }),
    ])
    const free = { isPossible: true, reason: 'The request is a chat, and free fallback is on.' }
    expect(await resolver.explainKeyResolution({ ...query, free })).toEqual([
      {
        level: 'user',
        outcome: 'unusable',
        reason: 'None of its keys can be used.',
        keys: [
          {
            id: 'u',
            alias: 'default',
            name: 'key u',
            lastFour: '-u',
            weight: 1,
            outcome: 'disabled',
            reason: 'It is disabled since 2026-01-02T00:00:00.000Z.',
          },
        ],
      },
      {
        level: 'org',
        outcome: 'unusable',
        reason: 'None of its keys can be used.',
        keys: [
          {
            id: 'o',
            alias: 'default',
            name: 'key o',
            lastFour: '-o',
            weight: 1,
            outcome: 'resting',
            reason:
              'The provider refused it as used up at 2026-11-19T23:59:59.000Z; it rests until 2026-11-20T00:00:01.000Z, and is tried before that only where no other key can be used.',
          },
        ],
      },
      {
        level: 'system_tier',
        outcome: 'unusable',
        reason: 'None of its keys has the alias "default".',
        keys: [
          {
            id: 't',
            alias: 'batch',
            name: 'key t',
            lastFour: '-t',
            weight: 1,
            outcome: 'other_alias',
            reason: 'Its alias is "batch", and the call asks for "default".',
          },
        ],
      },
      {
        level: 'system',
        outcome: 'wins',
        reason: 'It is the first level with a key that can be used.',
        keys: [
          {
            id: 's',
            alias: 'default',
            name: 'key s',
            lastFour: '-s',
            weight: 3,
            outcome: 'usable',
            reason: 'It can be used.',
          },
        ],
      },
      {
        level: 'environment',
        outcome: 'available',
        reason: 'It has a key that can be used, and is tried when those of the levels before it fail.',
        keys: [
          {
            id: 'env:openai',
            alias: null,
            name: 'OPENAI_API_KEY',
            lastFour: null,
            weight: null,
            outcome: 'usable',
            reason: 'It is set and can be used.',
          },
        ],
      },
      { level: 'free', outcome: 'available', reason: free.reason, keys: [] },
    ])
  })

  test('nothing wins where nothing can be used, or free Workers AI does', async () => {
    const { outcomes } = setUp([], { env: {} })
    const stored = ['user', 'org', 'system_tier', 'system', 'environment'].map((level) => [level, 'empty'])
    expect(await outcomes()).toEqual([...stored, ['free', 'skipped']])
    const free = { isPossible: true, reason: 'It is a chat.' }
    expect(await outcomes({ free })).toEqual([...stored, ['free', 'wins']])
    expect(await outcomes({ free: { ...free, isPossible: false } })).toEqual([...stored, ['free', 'skipped']])
  })

  test('levels that do not apply are skipped', async () => {
    const { outcomes } = setUp([])
    expect(await outcomes({ caller: { ...query.caller, userId: null }, tierId: null, alias: 'x' })).toEqual([
      ['user', 'skipped'],
      ['org', 'empty'],
      ['system_tier', 'skipped'],
      ['system', 'empty'],
      ['environment', 'skipped'],
      ['free', 'skipped'],
    ])
  })

  test('says what is missing to read a key', async () => {
    const { resolver } = setUp([await keyOf('a')], { vault: undefined })
    const [, org] = await resolver.explainKeyResolution(query)
    expect(org?.keys[0]).toMatchObject({
      outcome: 'unreadable',
      reason: 'GW_MASTER_KEY is not set, so stored keys cannot be read.',
    })
    const other = setUp([await keyOf('a')], { vault: vaultOf(2) })
    const [, unknown] = await other.resolver.explainKeyResolution(query)
    expect(unknown?.keys[0]?.reason).toContain(vault.version)
  })

  test('shows no secret', async () => {
    const { resolver } = setUp(await oneOfEach())
    expect(JSON.stringify(await resolver.explainKeyResolution(query))).not.toContain('sk-')
  })
})
