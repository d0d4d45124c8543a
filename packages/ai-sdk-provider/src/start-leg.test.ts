import type { LanguageModelV4 } from '@ai-sdk/provider'
import { createOpenAI } from '@ai-sdk/openai'
import { describe, expect, test, vi } from 'vitest'
import { createFakeGateway, type Answerer } from './__fixtures__/fake-gateway.ts'
import { createAiGateway, gatewayAwareFetch } from './index.ts'
import { createAzure } from './providers/azure.ts'
import type { FetchFunction } from './settings.ts'

const ask = { prompt: [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'hi' }] }] }
const openai = createOpenAI({ apiKey: 'sk-openai' })

const never = new Promise<string>(() => undefined)

type Result = Awaited<ReturnType<LanguageModelV4['doGenerate']>>

const told = (text: string): Result => ({
  content: [{ type: 'text', text }],
  finishReason: { unified: 'stop', raw: 'stop' },
  usage: {
    inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
    outputTokens: { total: 1, text: 1, reasoning: 0 },
  },
  warnings: [],
})

/** A model whose requests the test writes. */
class ScriptedModel implements LanguageModelV4 {
  readonly specificationVersion = 'v4'
  readonly provider = 'scripted.chat'
  readonly modelId = 'm'
  readonly supportedUrls = {}
  readonly config: { fetch: FetchFunction; script: (fetch: FetchFunction) => Promise<string> }

  constructor(script: (fetch: FetchFunction) => Promise<string>) {
    this.config = { script, fetch: () => Promise.reject(new Error('not captured')) }
  }

  async doGenerate(_: Parameters<LanguageModelV4['doGenerate']>[0]): Promise<Result> {
    return told(await this.config.script(this.config.fetch))
  }

  doStream(): never {
    throw new Error('no streams')
  }
}

function setUp(answer?: Answerer) {
  const fake = createFakeGateway(answer)
  return { fake, gateway: createAiGateway({ accountId: 'acc', gateway: 'gw', apiKey: 'gw-key', fetch: fake.fetch }) }
}

const post = (body: object) => ({
  method: 'POST',
  headers: { Authorization: 'Key sk-fal', 'x-fal-target': 'a' },
  body: JSON.stringify(body),
})
const submit = (fetch: FetchFunction) => fetch('https://fal.run/fal-ai/flux', post({ prompt: 'x' }))
const get = { headers: { Authorization: 'Key sk-fal', 'x-fal-target': 'a' } }

describe('a model that asks for several things', () => {
  test('sends the others to its provider’s path, with its secret', async () => {
    const { fake, gateway } = setUp(() => Response.json({}))
    const model = new ScriptedModel(async (fetch) => {
      await submit(fetch)
      return String((await fetch('https://fal.run/fal-ai/flux/requests/1', get)).status)
    })
    await gateway(model).doGenerate(ask)
    expect(fake.sent[1]).toMatchObject({
      url: 'https://gateway.ai.cloudflare.com/v1/acc/gw/fal/fal-ai/flux/requests/1',
      method: 'GET',
      headers: { authorization: 'Key sk-fal', 'cf-aig-authorization': 'Bearer gw-key' },
    })
  })

  test('gets only its first answer from the cache', async () => {
    const { fake, gateway } = setUp(() => Response.json({}))
    const model = new ScriptedModel(async (fetch) => {
      await submit(fetch)
      await fetch('https://fal.run/fal-ai/flux/more', post({}))
      return String((await fetch('https://fal.run/fal-ai/flux/requests/1', get)).status)
    })
    await gateway(model, { cacheTtl: 60, cacheKey: 'k', eventId: 'e' }).doGenerate(ask)
    const caching = fake.sent.map(({ headers }) =>
      ['cf-aig-cache-ttl', 'cf-aig-cache-key', 'cf-aig-skip-cache', 'cf-aig-event-id'].map((name) => headers[name]),
    )
    const later = [undefined, undefined, 'true', 'e']
    expect(caching).toEqual([['60', 'k', undefined, 'e'], later, later])
  })

  test('at once gets nothing sent for those that are not answered', async () => {
    const { fake, gateway } = setUp((_, step) => (step === 0 ? undefined : Response.json({})))
    const loser = new ScriptedModel(async (fetch) => {
      await Promise.all([submit(fetch), fetch('https://fal.run/fal-ai/other', post({})), fetch('https://fal.media/x')])
      return 'never'
    })
    await gateway([openai('a'), loser]).doGenerate(ask)
    await new Promise((resolve) => setImmediate(resolve))
    expect(fake.sent).toHaveLength(1)
  })

  test('at another provider’s address gets no secret there', async () => {
    const { fake, gateway } = setUp(() => Response.json({}))
    const model = new ScriptedModel(async (fetch) => {
      await submit(fetch)
      await fetch('https://api.openai.com/v1/collect', get)
      return 'done'
    })
    await gateway(model).doGenerate(ask)
    expect(fake.sent[1]?.url).toBe('https://gateway.ai.cloudflare.com/v1/acc/gw/openai/v1/collect')
    expect(fake.sent[1]?.headers['authorization']).toBeUndefined()
    expect(fake.sent[1]?.headers['x-fal-target']).toBe('a')
  })

  test('elsewhere gets files without any header', async () => {
    const download = vi.fn<FetchFunction>(async () => new Response('file'))
    vi.stubGlobal('fetch', download)
    const { gateway } = setUp(() => Response.json({}))
    const model = new ScriptedModel(async (fetch) => {
      await submit(fetch)
      return (await fetch('https://fal.media/a.png', { headers: { 'x-key': 'sk-fal' } })).text()
    })
    const { content } = await gateway(model).doGenerate(ask)
    vi.unstubAllGlobals()
    expect(content).toEqual([{ type: 'text', text: 'file' }])
    expect(download.mock.calls.map(([url, init]) => [url, [...new Headers(init?.headers)]])).toEqual([
      ['https://fal.media/a.png', []],
    ])
  })

  test('follows a provider’s redirect to a file without credentials', async () => {
    const download = vi.fn<FetchFunction>(async () => new Response('file'))
    vi.stubGlobal('fetch', download)
    const { fake, gateway } = setUp(({ method }) =>
      method === 'GET'
        ? new Response(null, { status: 302, headers: { location: 'https://storage.test/f?signature=1' } })
        : Response.json({}),
    )
    const model = new ScriptedModel(async (fetch) => {
      await submit(fetch)
      return (await fetch('https://fal.run/files/1', get)).text()
    })
    const { content } = await gateway(model).doGenerate(ask)
    vi.unstubAllGlobals()
    expect(content).toEqual([{ type: 'text', text: 'file' }])
    const [[url, init] = []] = download.mock.calls
    expect([String(url), [...new Headers(init?.headers)]]).toEqual(['https://storage.test/f?signature=1', []])
    expect(fake.sent[1]?.redirect).toBe('manual')
  })
})

describe('a model that waits for something else', () => {
  test.each([
    ['a token', () => createAzure({ resourceName: 'res', tokenProvider: () => never })('dep')],
    ['anything', () => new ScriptedModel(async (fetch) => (await never) + (await submit(fetch)).status)],
  ])('such as %s, does not hold up a call that is cancelled', async (_, create) => {
    const { fake, gateway } = setUp()
    const controller = new AbortController()
    const call = gateway([create(), openai('a')]).doGenerate({ ...ask, abortSignal: controller.signal })
    controller.abort(new DOMException('The user left.', 'AbortError'))
    await expect(call).rejects.toBe(controller.signal.reason)
    expect(fake.sent).toEqual([])
  })

  test('leaves no listener on a signal that lives on', async () => {
    const { gateway } = setUp()
    const { signal } = new AbortController()
    const added = vi.spyOn(signal, 'addEventListener')
    const removed = vi.spyOn(signal, 'removeEventListener')
    await gateway([openai('a'), openai('b')]).doGenerate({ ...ask, abortSignal: signal })
    expect(added).toHaveBeenCalledTimes(2)
    expect(removed.mock.calls).toEqual(added.mock.calls)
  })
})

describe('a model that keeps its settings in private fields', () => {
  /** Nothing of it can be seen or changed from outside. */
  class PrivateModel implements LanguageModelV4 {
    readonly specificationVersion = 'v4'
    readonly provider = 'private.chat'
    readonly modelId = 'm'
    readonly supportedUrls = {}
    readonly #fetch: FetchFunction

    constructor(fetch: FetchFunction) {
      this.#fetch = fetch
    }

    async doGenerate({ abortSignal: signal }: Parameters<LanguageModelV4['doGenerate']>[0]): Promise<Result> {
      const url = 'https://api.openai.com/v1/chat/completions'
      const response = await this.#fetch(url, { ...post({ model: 'gpt-5' }), ...(signal && { signal }) })
      return told(await response.text())
    }

    doStream(): never {
      throw new Error('no streams')
    }
  }

  test('goes through the gateway when its fetch knows it', async () => {
    const { fake, gateway } = setUp(() => new Response('hello'))
    const base = vi.fn<FetchFunction>()
    const { content } = await gateway(new PrivateModel(gatewayAwareFetch(base))).doGenerate(ask)
    expect(content).toEqual([{ type: 'text', text: 'hello' }])
    expect([fake.sent.length, base.mock.calls]).toEqual([1, []])
  })

  test('is refused, and nothing is sent, when its fetch does not', async () => {
    const { fake, gateway } = setUp()
    const sent = vi.fn<FetchFunction>(async (_, init) => {
      init?.signal?.throwIfAborted()
      return new Response('sent')
    })
    const call = gateway(new PrivateModel(sent)).doGenerate(ask)
    await expect(call).rejects.toThrow(/can't see the requests of private.chat m. Nothing was sent/)
    expect(fake.sent).toEqual([])
  })
})
