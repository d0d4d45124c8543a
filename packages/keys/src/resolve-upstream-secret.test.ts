import { inspect } from 'node:util'
import { expect, test } from 'vitest'
import { environmentLevel, resolveUpstreamSecret, type SecretLevel } from './resolve-upstream-secret.ts'
import { Secret } from './secret.ts'

const query = {
  providerId: 'openai',
  caller: { gatewayKeyId: 'k', orgId: 'acme', userId: null },
  envKeys: ['OPENAI_API_KEY', 'OPENAI_KEY'],
}
const level = (source: SecretLevel['source'], text?: string): SecretLevel => ({
  source,
  find: async () => (text === undefined ? undefined : new Secret(text)),
})

test('the first level with a secret wins and names its source', async () => {
  const found = await resolveUpstreamSecret(query, [level('user'), level('org', 'o'), level('environment', 'e')])
  expect([found?.source, found?.providerId, found?.secret.reveal()]).toEqual(['org', 'openai', 'o'])
})

test('no level, no secret', async () => {
  expect(await resolveUpstreamSecret(query, [level('user')])).toBe(undefined)
})

test('the environment level takes the first variable that is set and not empty', async () => {
  const found = await environmentLevel({ OPENAI_API_KEY: '', OPENAI_KEY: 'sk-2' }).find(query)
  expect(found?.reveal()).toBe('sk-2')
})

const together = {
  ...query,
  envSets: [
    ['ID', 'SECRET', 'TOKEN'],
    ['ID', 'SECRET'],
  ],
}

test.each([
  [{ ID: 'a', SECRET: 'b', TOKEN: 'c' }, 'a:b:c'],
  [{ ID: 'a', SECRET: 'b', TOKEN: '' }, 'a:b'],
  [{ ID: 'a', SECRET: 'b', OPENAI_KEY: 'sk-2' }, 'sk-2'],
  [{ ID: 'a', TOKEN: 'c' }, undefined],
])('variables that make the secret together are joined: %j', async (env, secret) => {
  expect((await environmentLevel(env).find(together))?.reveal()).toBe(secret)
})

test('a secret shows itself to nobody who prints it', () => {
  const secret = new Secret('sk-live')
  expect([`${secret}`, JSON.stringify({ secret }), inspect(secret)]).toEqual([
    '[secret]',
    '{"secret":"[secret]"}',
    '[secret]',
  ])
})
