import { describe, expect, test } from 'vitest'
import { apiKeyHeader, authScheme, bearer } from './auth.ts'
import { builtinProviders } from './builtin-providers.ts'
import { openaiCompatible } from './openai-compatible.ts'
import { createProviders, defineProvider, type Provider } from './provider.ts'
import { registry } from './registry.ts'
import { openaiChat } from './wire/openai-chat.ts'

const acme: Provider = {
  id: 'acme',
  origin: 'https://api.acme.ai',
  basePath: '/v1',
  auth: bearer(),
  envKeys: ['ACME_API_KEY'],
  billing: 'byok',
  wire: openaiChat,
}

describe('defineProvider', () => {
  test('returns what it was given', () => {
    expect(defineProvider(acme)).toBe(acme)
  })

  test.each([
    [{ id: 'Acme AI' }, 'Provider id "Acme AI"'],
    [{ id: '' }, 'Provider id ""'],
    [{ origin: 'api.acme.ai' }, 'origin "api.acme.ai"'],
    [{ origin: 'https://api.acme.ai/v1' }, 'origin "https://api.acme.ai/v1"'],
    [{ basePath: 'v1' }, 'basePath "v1"'],
    [{ basePath: '/v1/' }, 'basePath "/v1/"'],
    [{ basePath: '/' }, 'basePath "/"'],
  ])('refuses %o by name', (wrong, message) => {
    expect(() => defineProvider({ ...acme, ...wrong })).toThrow(TypeError)
    expect(() => defineProvider({ ...acme, ...wrong })).toThrow(message)
  })

  test('takes a provider at the root of its host', () => {
    expect(defineProvider({ ...acme, basePath: '' }).basePath).toBe('')
  })
})

describe('createProviders', () => {
  const other = { ...acme, id: 'other', aliases: ['acme-two', 'acme'] }
  const providers = createProviders([acme, other])

  test('finds by id before alias, whatever the case', () => {
    expect(providers.find('acme')).toBe(acme)
    expect(providers.find('acme-two')).toBe(other)
    expect(providers.find('OTHER')).toBe(other)
    expect(providers.find('Acme-Two')).toBe(other)
    expect(providers.find('nobody')).toBeUndefined()
  })

  test('replaces a provider by a later one of its id, in its place', () => {
    const mine = { ...acme, origin: 'https://acme.example.com' }
    const replaced = createProviders([acme, other, mine])
    expect(replaced.list).toEqual([mine, other])
    expect(replaced.find('acme')).toBe(mine)
  })
})

describe('openaiCompatible', () => {
  test('needs an id and a base URL', () => {
    expect(openaiCompatible({ id: 'my-box', baseURL: 'http://10.0.0.7:8080/api/v1/' })).toMatchObject({
      id: 'my-box',
      origin: 'http://10.0.0.7:8080',
      basePath: '/api/v1',
      auth: { header: 'authorization', prefix: 'Bearer ' },
      envKeys: ['MY_BOX_API_KEY'],
      wire: openaiChat,
    })
  })

  test('refuses what is no URL', () => {
    expect(() => openaiCompatible({ id: 'acme', baseURL: 'acme' })).toThrow(TypeError)
  })
})

describe('built-in providers', () => {
  test('are every row of the registry and the local servers, each once', () => {
    const ids = builtinProviders.map(({ id }) => id)
    expect(new Set(ids)).toEqual(new Set([...registry.map(({ id }) => id), 'lmstudio', 'ollama', 'vllm']))
    expect(ids).toHaveLength(new Set(ids).size)
  })

  test('have no name in common', () => {
    const names = builtinProviders.flatMap(({ id, aliases = [] }) => [id, ...aliases])
    expect(names).toHaveLength(new Set(names).size)
  })
})

test('secrets go where vendors want them', () => {
  expect(bearer()).toEqual({ header: 'authorization', prefix: 'Bearer ' })
  expect(apiKeyHeader('x-api-key')).toEqual({ header: 'x-api-key', prefix: '' })
  expect(authScheme('Key')).toEqual({ header: 'authorization', prefix: 'Key ' })
})
