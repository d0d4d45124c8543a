import { describe, expect, test } from 'vitest'
import { createFakeFetch } from '../__fixtures__/fake-fetch.ts'
import { createRestBinding } from './create-rest-binding.ts'

function bindingOf(...answers: Parameters<typeof createFakeFetch>) {
  const { fetch, sent } = createFakeFetch(...answers)
  return { ai: createRestBinding({ accountId: 'acct', apiKey: 'cf-token', fetch }), sent }
}

const model = '@cf/meta/llama'
const api = 'https://api.cloudflare.com/client/v4/accounts/acct/ai'
const gateway = 'https://gateway.ai.cloudflare.com/v1/acct/gw'
const authorization = 'Bearer cf-token'

describe('a run of Workers AI', () => {
  test('is one of the REST API, with further options in the address', async () => {
    const { ai, sent } = bindingOf(Response.json({ result: { response: 'fine' }, success: true }))
    const options = {
      queueRequest: true,
      tags: ['a'],
      nothing: undefined,
      prefix: 'p',
      extraHeaders: { 'x-trace': '1' },
    }
    expect(await ai.run(model, { prompt: 'hi' }, options)).toEqual({ response: 'fine' })
    expect(sent).toMatchObject([
      {
        url: `${api}/run/${model}?queueRequest=true&tags=%5B%22a%22%5D`,
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json', 'x-trace': '1' },
        body: '{"prompt":"hi"}',
      },
    ])
  })

  test('through a gateway has every gateway option in a header', async () => {
    const { ai, sent } = bindingOf()
    const options = {
      cacheKey: 'k',
      cacheTtl: 60,
      skipCache: true,
      metadata: { n: 7n },
      collectLog: false,
      eventId: 'e',
      requestTimeoutMs: 9,
      retries: { maxAttempts: 2 as const, retryDelayMs: 3, backoff: 'constant' as const },
    }
    await ai.run(model, {}, { gateway: { id: 'gw', ...options } })
    expect(sent).toMatchObject([
      {
        url: `${gateway}/workers-ai/run/${model}`,
        headers: {
          authorization,
          'cf-aig-authorization': authorization,
          'cf-aig-cache-key': 'k',
          'cf-aig-cache-ttl': '60',
          'cf-aig-skip-cache': 'true',
          'cf-aig-metadata': '{"n":"7"}',
          'cf-aig-collect-log': 'false',
          'cf-aig-event-id': 'e',
          'cf-aig-request-timeout': '9',
          'cf-aig-max-attempts': '2',
          'cf-aig-retry-delay': '3',
          'cf-aig-backoff': 'constant',
        },
      },
    ])
  })

  test('sends bytes as they are, through the gateway too', async () => {
    const { ai, sent } = bindingOf()
    const body = new Uint8Array([1])
    const inputs = { audio: { body, contentType: 'audio/wav' }, detect_language: true }
    await ai.run('@cf/deepgram/nova-3', inputs, { gateway: { id: 'gw' } })
    expect(sent[0]).toMatchObject({
      url: `${gateway}/workers-ai/run/@cf/deepgram/nova-3?detect_language=true`,
      headers: { 'content-type': 'audio/wav' },
    })
    expect(sent[0]?.body).toBe(body)
  })

  test('sends base64 that has a type beside it as the bytes that it is', async () => {
    const { ai, sent } = bindingOf()
    const audio = { body: btoa('\u0001\u00ff'), contentType: 'audio/mpeg' }
    await ai.run('@cf/deepgram/nova-3', { audio, language: 'en' })
    expect(sent[0]).toMatchObject({
      url: `${api}/run/@cf/deepgram/nova-3?language=en`,
      headers: { authorization, 'content-type': 'audio/mpeg' },
      body: new Uint8Array([1, 255]),
    })
    expect(audio.body).toBe(btoa('\u0001\u00ff'))
    const wrong = { audio: { body: 'né', contentType: 'audio/mpeg' } }
    await expect(ai.run('@cf/deepgram/nova-3', wrong)).rejects.toMatchObject({
      name: 'AiInternalError',
      message: 'The body of "audio" is no base64. Pass base64, bytes or a stream.',
    })
  })

  test('answers with the response, the result, or the stream', async () => {
    const { ai } = bindingOf(Response.json({ result: 1 }), new Response('sse'), Response.json({ plain: 1 }))
    expect(await ai.run(model, {}, { returnRawResponse: true })).toBeInstanceOf(Response)
    expect(await ai.run(model, {})).toBeInstanceOf(ReadableStream)
    expect(await ai.run(model, {})).toEqual({ plain: 1 })
  })

  test('throws what the envelope states', async () => {
    const body = { success: false, errors: [{ code: 5007, message: 'No such model' }] }
    const { ai } = bindingOf(Response.json(body, { status: 400 }))
    await expect(ai.run(model, {})).rejects.toThrow('5007: No such model')
  })
})

describe('a run of another vendor', () => {
  test.each([
    ['openai/gpt-5', { messages: [] }, `${api}/v1/chat/completions`, { messages: [], model: 'openai/gpt-5' }],
    ['anthropic/claude', { messages: [] }, `${api}/v1/messages`, { messages: [], model: 'anthropic/claude' }],
    ['google/nano-banana', { prompt: 'x' }, `${api}/run`, { model: 'google/nano-banana', input: { prompt: 'x' } }],
  ])('%s with %o is asked for where its format is spoken', async (...[slug, inputs, url, body]) => {
    const { ai, sent } = bindingOf()
    await ai.run(slug, inputs, { gateway: { id: 'gw', cacheTtl: 60 }, returnRawResponse: true })
    expect(sent[0]).toMatchObject({
      url,
      headers: { authorization, 'cf-aig-gateway-id': 'gw', 'cf-aig-cache-ttl': '60' },
    })
    expect(sent[0]?.headers).not.toHaveProperty('cf-aig-authorization')
    expect(JSON.parse(String(sent[0]?.body))).toEqual(body)
  })

  test('is paid by the account, whatever secret the call brings', async () => {
    const { ai, sent } = bindingOf()
    await ai.run('openai/gpt-5', { messages: [] }, { extraHeaders: { Authorization: 'Bearer sk-openai', 'x-a': '1' } })
    expect(sent[0]?.headers).toMatchObject({ authorization, 'x-a': '1' })
  })

  test('a dynamic route is asked for at the gateway, whose key is no provider’s', async () => {
    const { ai, sent } = bindingOf()
    await ai.run('dynamic/support', { messages: [] }, { gateway: { id: 'gw' } })
    expect(sent[0]?.url).toBe(`${gateway}/compat/chat/completions`)
    expect(sent[0]?.headers).toEqual({ 'cf-aig-authorization': authorization, 'content-type': 'application/json' })
    expect(JSON.parse(String(sent[0]?.body))).toEqual({ messages: [], model: 'dynamic/support' })
  })
})

test('universal requests go to the gateway, and entries keep their own secrets', async () => {
  const { ai, sent } = bindingOf(new Response('fine'))
  const entries = [{ provider: 'openai', endpoint: 'v1/x', headers: { authorization: 'Bearer sk' }, query: {} }]
  await ai.gateway?.('gw').run(entries)
  expect(sent[0]).toMatchObject({ url: gateway, body: JSON.stringify(entries) })
  expect(sent[0]?.headers).toEqual({ 'cf-aig-authorization': authorization, 'content-type': 'application/json' })
})

test('a provider’s own path is asked for with the gateway’s key and the provider’s secret', async () => {
  const { ai, sent } = bindingOf()
  const init = { method: 'GET', headers: { authorization: 'Bearer sk' } }
  await ai.native?.({ gatewayId: 'gw', provider: 'openai', path: 'v1/models', init })
  expect(sent[0]).toMatchObject({
    url: `${gateway}/openai/v1/models`,
    headers: { authorization: 'Bearer sk', 'cf-aig-authorization': authorization },
  })
})

test('runs cannot be resumed, which the binding shows', () => {
  const { ai } = bindingOf()
  expect(ai.fetch).toBeUndefined()
  expect(ai.capabilities).toBeUndefined()
})
