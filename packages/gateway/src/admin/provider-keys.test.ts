import { expect, test } from 'vitest'
import { fieldOf, now, refused, startAdmin } from './__fixtures__/start-admin.ts'

const secret = 'sk-stored-0123456789'
const ofOrg = { provider: 'openai', level: 'org', key: secret }

test('a key is sealed, and no answer has it', async () => {
  const { post, get, control } = await startAdmin()
  const made = await post('provider-keys', { ...ofOrg, name: 'main', alias: 'eu', weight: 3 })
  const shown = {
    id: expect.any(String),
    level: 'org',
    org_id: 'default',
    user_id: null,
    tier_id: null,
    provider: 'openai',
    alias: 'eu',
    name: 'main',
    weight: 3,
    last_four: '6789',
    created_at: now,
    updated_at: now,
    disabled_at: null,
    rejection: null,
  }
  expect(made).toMatchObject({ status: 201, body: shown })
  const listed = await get('provider-keys')
  const one = await get(`provider-keys/${fieldOf(made)}`)
  expect([listed.body, one.body]).toEqual([{ data: [shown], next_cursor: null }, shown])
  for (const { text } of [made, listed, one]) expect(text).not.toContain(secret)
  expect(JSON.stringify(await control.providerKeys.list({ orgId: 'default' }))).not.toContain(secret)
})

test('a call is made with the stored key, and says which level it came from', async () => {
  const sent: (string | null)[] = []
  const upstream = async (request: Request): Promise<Response> => {
    sent.push(request.headers.get('authorization'))
    return Response.json({ id: 'c', object: 'chat.completion', created: 1, model: 'gpt-4o-mini', choices: [] })
  }
  const { app, post, addUser } = await startAdmin({ upstream })
  const userId = await addUser()
  await post('provider-keys', { ...ofOrg, key: ` ${secret}\n` })
  await post('provider-keys', { ...ofOrg, level: 'user', user_id: userId, key: 'sk-of-ann-0123456789' })
  const ask = async (userOfKey: string | null): Promise<string | null> => {
    const key = fieldOf(await post('gateway-keys', { name: 'app', user_id: userOfKey }), 'key')
    const response = await app.request('/v1/chat/completions', {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify({ model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: 'hi' }] }),
    })
    return response.headers.get('gw-key-source')
  }
  expect([await ask(null), await ask(userId)]).toEqual(['org', 'user'])
  expect(sent).toEqual([`Bearer ${secret}`, 'Bearer sk-of-ann-0123456789'])
})

test('the operator has keys for all and for a tier, apart from those of organisations', async () => {
  const { post, get, remove } = await startAdmin()
  const forAll = await post('provider-keys', { ...ofOrg, level: 'system' })
  const forTier = await post('provider-keys', { ...ofOrg, level: 'system_tier', tier_id: 'FREE' })
  expect([forAll.body, forTier.body]).toMatchObject([
    { org_id: null, tier_id: null },
    { org_id: null, tier_id: 'FREE' },
  ])
  expect((await get('provider-keys')).body).toEqual({ data: [], next_cursor: null })
  expect((await get('provider-keys?system=true')).body).toMatchObject({ data: [{}, {}] })
  const path = `provider-keys/${fieldOf(forAll)}`
  expect(await remove(path)).toMatchObject(refused(404, 'not_found', '?system=true'))
  expect((await remove(`${path}?system=true`)).status).toBe(204)
})

test('a key changes, rests and gets a new secret, which takes the mark of its rejection away', async () => {
  const { post, patch, control } = await startAdmin()
  const id = fieldOf(await post('provider-keys', ofOrg))
  await control.providerKeys.mark(id, { reason: 'auth', at: 1, until: 2 })
  const changed = await patch(`provider-keys/${id}`, { name: 'b', alias: 'x', weight: 9, disabled: true })
  const rejection = { reason: 'auth', at: 1, until: 2 }
  expect(changed.body).toMatchObject({ name: 'b', alias: 'x', weight: 9, disabled_at: now, rejection })
  const renewed = await patch(`provider-keys/${id}`, { disabled: false, key: 'sk-another-key-zzzz' })
  expect(renewed.body).toMatchObject({ name: 'b', disabled_at: null, last_four: 'zzzz', rejection: null })
  const [stored] = await control.providerKeys.list({ orgId: 'default' })
  const bound = { orgId: 'default', providerId: 'openai', recordId: id }
  const opened = stored && (await control.vault?.open(stored.sealed, bound))
  expect(opened?.reveal()).toBe('sk-another-key-zzzz')
})

test('a short key shows none of its characters', async () => {
  const { post } = await startAdmin()
  expect((await post('provider-keys', { ...ofOrg, key: 'short' })).body).toMatchObject({ last_four: '' })
})

test('an alias of a provider is stored under its id', async () => {
  const { post } = await startAdmin()
  expect((await post('provider-keys', { ...ofOrg, provider: 'gemini' })).body).toMatchObject({
    provider: 'google-ai-studio',
  })
})

test('no organisation sees or changes the key of another', async () => {
  const { post, get, patch, remove } = await startAdmin()
  await post('orgs', { id: 'acme' })
  const id = fieldOf(await post('provider-keys', ofOrg))
  const answers = [
    await get(`provider-keys/${id}?org_id=acme`),
    await patch(`provider-keys/${id}?org_id=acme`, { name: 'x' }),
    await patch(`provider-keys/${id}?system=true`, { name: 'x' }),
    await remove(`provider-keys/${id}?org_id=acme`),
  ]
  for (const answer of answers) expect(answer).toMatchObject(refused(404, 'not_found', 'no provider key'))
  expect((await get('provider-keys?org_id=acme')).body).toEqual({ data: [], next_cursor: null })
  expect((await get(`provider-keys/${id}`)).body).toMatchObject({ name: 'openai' })
})

test('without a master key nothing is stored, and the answer says how to get one', async () => {
  const { post, get } = await startAdmin({ control: { vault: undefined } })
  for (const answer of [await post('provider-keys', ofOrg), await post('master-key/rotate'), await get('master-key')]) {
    expect(answer).toMatchObject(refused(503, 'unavailable', '`openssl rand -base64 32`'))
    expect(answer.text).toContain('GW_MASTER_KEY')
  }
  expect((await get('provider-keys')).body).toEqual({ data: [], next_cursor: null })
})

test('a provider that nobody knows is refused with those that are known', async () => {
  const { post, get } = await startAdmin()
  for (const answer of [
    await post('provider-keys', { ...ofOrg, provider: 'opnai' }),
    await post('prices', { provider: 'opnai', model: 'x', prices: { input: 1 } }),
    await get('key-resolution?provider=opnai'),
  ]) {
    expect(answer).toMatchObject(refused(400, 'invalid_provider', 'no provider "opnai". Known: alibaba, anthropic,'))
  }
})

test.each([
  [{ level: undefined }, 'level: '],
  [{ level: 'team' }, 'level: '],
  [{ key: ' ' }, 'key: '],
  [{ key: undefined }, 'key: is missing'],
  [{ key: 'sk-\u2026' }, 'key: must be one line of ASCII'],
  [{ key: 'Bearer sk-1' }, 'key: must be one line of ASCII'],
  [{ alias: 'a b' }, 'alias: must be letters'],
  [{ weight: 0 }, 'weight: '],
  [{ weight: 1001 }, 'weight: '],
  [{ secret: 'x' }, 'secret: there is no such field'],
  [{ level: 'user' }, 'user_id: a key of level user needs it'],
  [{ level: 'user', user_id: 'nobody' }, 'user_id: organisation "default" has no member "nobody"'],
  [{ user_id: 'ann' }, 'user_id: a key of level org has none'],
  [{ tier_id: 'FREE' }, 'tier_id: a key of level org has none'],
  [{ level: 'system_tier' }, 'tier_id: a key of level system_tier needs it'],
  [{ level: 'system_tier', tier_id: 'NONE' }, 'tier_id: there is no tier "NONE". Known: BUSINESS, FREE,'],
  [{ level: 'system', org_id: 'default' }, "org_id: this is the operator's"],
])('a new key with %j is refused', async (change, words) => {
  const { post } = await startAdmin()
  const answer = await post('provider-keys', { ...ofOrg, ...change })
  expect(answer).toMatchObject(refused(400, 'invalid_request', words))
  expect(answer.text).not.toContain(secret)
})
