import { expect, test } from 'vitest'
import { fieldOf, refused, startAdmin } from './__fixtures__/start-admin.ts'

const token = { CLOUDFLARE_API_TOKEN: 'cf-token' }

test('says of all six levels what they have, for a user of a gateway key', async () => {
  const { post, get, addUser } = await startAdmin({ env: { OPENAI_API_KEY: 'sk-env' } })
  const userId = await addUser()
  const keyId = fieldOf(await post('gateway-keys', { name: 'app', user_id: userId }))
  const own = { provider: 'openai', key: 'sk-0123456789abcd' }
  const stored = await post('provider-keys', { ...own, level: 'user', user_id: userId })
  await post('provider-keys', { ...own, level: 'system_tier', tier_id: 'BUSINESS' })
  const answer = await get(`key-resolution?provider=openai&gateway_key_id=${keyId}`)
  expect(answer.body).toMatchObject({
    provider: 'openai',
    tier_id: 'BUSINESS',
    data: [
      { level: 'user', outcome: 'wins', keys: [{ id: fieldOf(stored), last_four: 'abcd', outcome: 'usable' }] },
      { level: 'org', outcome: 'empty' },
      { level: 'system_tier', outcome: 'available' },
      { level: 'system', outcome: 'empty' },
      { level: 'environment', outcome: 'available' },
      { level: 'free', outcome: 'skipped', reason: expect.stringContaining('CLOUDFLARE_API_TOKEN') },
    ],
  })
  expect(answer.text).not.toMatch(/sk-0123456789abcd|sk-env/)
  const byUser = await get(`key-resolution?provider=openai&user_id=${userId}`)
  expect(byUser.body).toEqual(answer.body)
  const alone = await get('key-resolution?provider=openai')
  expect(alone.body).toMatchObject({
    data: [{ level: 'user', outcome: 'skipped' }, {}, { outcome: 'wins' }, {}, {}, {}],
  })
  const aliased = await get('key-resolution?provider=openai&alias=eu')
  expect(aliased.body).toMatchObject({ data: [{}, {}, { outcome: 'unusable' }, {}, { outcome: 'skipped' }, {}] })
})

test.each([
  { provider: 'openai', settings: {}, outcome: 'wins', words: 'answered by a free Workers AI model' },
  { provider: 'openai', settings: { free_fallback: false }, outcome: 'skipped', words: 'free_fallback' },
  { provider: 'workers-ai', settings: {}, outcome: 'skipped', words: 'Workers AI itself' },
  { provider: 'elevenlabs', settings: {}, outcome: 'skipped', words: 'this provider has none' },
])(
  'the free level of $provider with settings $settings is $outcome',
  async ({ provider, settings, outcome, words }) => {
    const { get, put } = await startAdmin({ env: token })
    await put('gateways/default', { settings })
    const { body } = await get(`key-resolution?provider=${provider}`)
    expect(body).toMatchObject({ data: [{}, {}, {}, {}, {}, { outcome, reason: expect.stringContaining(words) }] })
  },
)

test('the free level has nothing to give once the neurons of the day are used', async () => {
  const { get } = await startAdmin({ env: token, deps: { neuronsPerDay: 0 } })
  const reason = expect.stringContaining('back at 00:00 UTC')
  expect((await get('key-resolution?provider=openai')).body).toMatchObject({
    data: [{}, {}, {}, {}, {}, { outcome: 'skipped', reason }],
  })
})

test('who is asked for belongs to the organisation', async () => {
  const { get, post, addUser } = await startAdmin()
  await post('orgs', { id: 'acme' })
  const userId = await addUser()
  const keyId = fieldOf(await post('gateway-keys', { name: 'app' }))
  const ask = (query: string) => get(`key-resolution?provider=openai&${query}`)
  expect(await ask(`org_id=acme&user_id=${userId}`)).toMatchObject(refused(400, 'invalid_request', 'user_id: '))
  expect(await ask(`org_id=acme&gateway_key_id=${keyId}`)).toMatchObject(refused(404, 'not_found', 'gateway_key_id: '))
  expect(await ask(`user_id=${userId}&gateway_key_id=${keyId}`)).toMatchObject(
    refused(400, 'invalid_request', 'not of this user'),
  )
  expect(await ask('gateway_id=none')).toMatchObject(refused(400, 'gateway_not_found', 'no gateway "none"'))
  expect(await ask('user=ann')).toMatchObject(refused(400, 'invalid_request', 'user: there is no such field'))
  expect(await get('key-resolution')).toMatchObject(refused(400, 'invalid_request', 'provider: is missing'))
})
