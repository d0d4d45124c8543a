import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import type { LanguageModelV4StreamPart } from '@ai-sdk/provider'
import { generateText, streamText, transcribe } from 'ai'
import { describe, expect, test } from 'vitest'
import { chatCompletion } from './__fixtures__/answers.ts'
import { createFakeGateway, type Answerer } from './__fixtures__/fake-gateway.ts'
import { createAiGateway } from './index.ts'

const openai = createOpenAI({ apiKey: 'sk-openai' })
const anthropic = createAnthropic({ apiKey: 'sk-anthropic' })
const wav = new Uint8Array([82, 73, 70, 70])

describe('a binding', () => {
  test('gets entries as objects, each with its options and its own secret, and the signal', async () => {
    const fake = createFakeGateway()
    const gateway = createAiGateway({ binding: fake.binding, options: { cacheTtl: 60 } })
    const { signal } = new AbortController()
    await generateText({ model: gateway([openai('a'), anthropic('b')]), prompt: 'hi', abortSignal: signal })
    const [sent] = fake.sent
    expect(sent?.signal?.aborted).toBe(false)
    expect(sent?.entries).toMatchObject([
      {
        provider: 'openai',
        endpoint: 'v1/responses',
        headers: { 'cf-aig-cache-ttl': '60', authorization: 'Bearer sk-openai' },
      },
      {
        provider: 'anthropic',
        endpoint: 'v1/messages',
        headers: { 'cf-aig-cache-ttl': '60', 'x-api-key': 'sk-anthropic' },
      },
    ])
    expect(JSON.stringify(sent?.entries)).not.toContain('cf-aig-authorization')
  })

  test('is not called for a call that is cancelled already', async () => {
    const fake = createFakeGateway()
    const reason = new DOMException('gone', 'AbortError')
    const model = createAiGateway({ binding: fake.binding })(openai('a'))
    const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'hi' }] }]
    await expect(model.doGenerate({ prompt, abortSignal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(fake.sent).toEqual([])
  })

  test('without getUrl says that it can’t carry uploads', async () => {
    const fake = createFakeGateway()
    const gateway = createAiGateway({ binding: fake.binding })
    const call = transcribe({ model: gateway.transcriptionModel(openai.transcription('whisper-1')), audio: wav })
    await expect(call).rejects.toMatchObject({ code: 'unsupported', message: expect.stringContaining('getUrl') })
    expect(fake.sent).toEqual([])
  })

  test('with getUrl has uploads sent there, with the key', async () => {
    const fake = createFakeGateway()
    // The real one works only when it is called on itself.
    const binding = {
      ...fake.binding,
      base: 'https://gw.test/v1/acc/gw',
      async getUrl(provider = '') {
        return `${this.base}/${provider}/`
      },
    }
    const gateway = createAiGateway({ binding, fetch: fake.fetch, apiKey: 'gw-key' })
    await transcribe({ model: gateway.transcriptionModel(openai.transcription('whisper-1')), audio: wav })
    expect(fake.sent[0]).toMatchObject({
      url: 'https://gw.test/v1/acc/gw/openai/v1/audio/transcriptions',
      headers: { 'cf-aig-authorization': 'Bearer gw-key', authorization: 'Bearer sk-openai' },
    })
  })
})

describe('uploads', () => {
  const failFirst: Answerer = ({ url }) =>
    url.includes('/openai/') ? Response.json({ error: { message: 'busy' } }, { status: 503 }) : undefined

  test('go to one provider after the other, each with its own secret, until one answers', async () => {
    const fake = createFakeGateway(failFirst)
    const gateway = createAiGateway({ accountId: 'acc', gateway: 'gw', fetch: fake.fetch, options: { eventId: 'e' } })
    const groq = createOpenAI({ apiKey: 'sk-groq', baseURL: 'https://api.groq.com/openai/v1' })
    const model = gateway.transcriptionModel([openai.transcription('whisper-1'), groq.transcription('whisper-1')])
    const { text, providerMetadata } = await transcribe({ model, audio: wav })
    expect(text).toBe('hello')
    expect(providerMetadata['gateway']).toMatchObject({ step: 1, provider: 'groq' })
    expect(fake.sent.map(({ url, headers }) => [url, headers['authorization'], headers['cf-aig-event-id']])).toEqual([
      ['https://gateway.ai.cloudflare.com/v1/acc/gw/openai/v1/audio/transcriptions', 'Bearer sk-openai', 'e'],
      ['https://gateway.ai.cloudflare.com/v1/acc/gw/groq/audio/transcriptions', 'Bearer sk-groq', 'e'],
    ])
  })

  test('stop at a request that every provider would refuse', async () => {
    const fake = createFakeGateway(() => Response.json({ error: { message: 'bad file' } }, { status: 400 }))
    const gateway = createAiGateway({ accountId: 'acc', gateway: 'gw', fetch: fake.fetch })
    const model = gateway.transcriptionModel([openai.transcription('whisper-1'), openai.transcription('gpt-4o')])
    await expect(transcribe({ model, audio: wav })).rejects.toThrow('bad file')
    expect(fake.sent).toHaveLength(1)
  })
})

describe('a broken stream', () => {
  const event = (text: string) =>
    `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: text }, finish_reason: null }] })}\n\n`
  const last = `data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}\n\ndata: [DONE]\n\n`

  function breakAfter(text: string, until: Promise<void> = Promise.resolve()): Response {
    let sent = false
    const body = new ReadableStream({
      pull: async (controller) => {
        if (sent) {
          await until
          return controller.error(new Error('connection lost'))
        }
        sent = true
        controller.enqueue(new TextEncoder().encode(text))
      },
    })
    return new Response(body, {
      headers: { 'content-type': 'text/event-stream', 'cf-aig-run-id': 'run1', 'cf-aig-step': '0' },
    })
  }

  async function textOf(stream: ReadableStream<LanguageModelV4StreamPart>): Promise<string> {
    let text = ''
    for await (const part of stream) if (part.type === 'text-delta') text += part.delta
    return text
  }

  test('goes on where it broke', async () => {
    const fake = createFakeGateway(() => breakAfter(event('Hel')))
    const resumed: string[] = []
    const ai = {
      fetch: async (url: string) => {
        resumed.push(url)
        return new Response(event('lo') + last)
      },
    }
    const gateway = createAiGateway({ binding: fake.binding, resume: { binding: ai, gateway: 'gw' } })
    const result = streamText({ model: gateway(openai.chat('gpt-5')), prompt: 'hi' })
    expect(await result.text).toBe('Hello')
    expect(resumed).toEqual([expect.stringContaining('/ai-gateway/gateways/gw/run/run1/resume?from=1')])
    expect((await result.providerMetadata)?.['gateway']).toMatchObject({ runId: 'run1' })
    expect(fake.entries()[0]?.headers['gw-resumable']).toBe('true')
  })

  test.each([
    [true, 'Hello', 2],
    [{ maxReconnects: 1 }, undefined, 1],
    [false, undefined, 0],
    [undefined, undefined, 0],
  ])('over HTTP, with resume %o', async (resume, text, attempts) => {
    const keys = ['gw-key1', 'gw-key2', 'gw-key3'].values()
    let resumed = 0
    const fake = createFakeGateway(({ method }) => {
      if (method !== 'GET') return breakAfter(event('Hel'))
      resumed += 1
      return resumed === 1 ? Response.json({}, { status: 503 }) : new Response(event('lo') + last)
    })
    const settings = { baseURL: 'http://gw.test/v1', gateway: 'g', fetch: fake.fetch, apiKey: () => keys.next().value }
    const gateway = createAiGateway({ ...settings, ...(resume !== undefined && { resume }) })
    const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'hi' }] }]
    const { stream } = await gateway(openai.chat('gpt-5')).doStream({ prompt })
    expect(await textOf(stream).catch(() => undefined)).toBe(text)
    expect(fake.sent[0]?.headers['gw-resumable']).toBe(resume ? 'true' : undefined)
    expect(fake.sent.slice(1).map(({ url, headers }) => [url, headers['cf-aig-authorization']])).toEqual(
      ['Bearer gw-key2', 'Bearer gw-key3']
        .slice(0, attempts)
        .map((key) => ['http://gw.test/v1/default/g/run/run1/resume?from=1', key]),
    )
  })

  test('is not resumed for a call that was cancelled', async () => {
    const controller = new AbortController()
    const aborted = new Promise<void>((resolve) => controller.signal.addEventListener('abort', () => resolve()))
    const fake = createFakeGateway(() => breakAfter(event('Hel'), aborted))
    const resumed: string[] = []
    const ai = {
      fetch: async (url: string) => {
        resumed.push(url)
        return new Response(last)
      },
    }
    const gateway = createAiGateway({ binding: fake.binding, resume: { binding: ai, gateway: 'gw' } })
    const model = gateway(openai.chat('gpt-5'))
    const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'hi' }] }]
    const { stream } = await model.doStream({ prompt, abortSignal: controller.signal })
    controller.abort()
    const reader = stream.getReader()
    const readAll = async () => {
      while (!(await reader.read()).done) continue
    }
    await expect(readAll()).rejects.toBe(controller.signal.reason)
    expect(resumed).toEqual([])
  })

  test('of a call that does not stream is left alone', async () => {
    const fake = createFakeGateway(() => Response.json(chatCompletion('m'), { headers: { 'cf-aig-run-id': 'run1' } }))
    const ai = { fetch: async () => new Response(null, { status: 500 }) }
    const gateway = createAiGateway({ binding: fake.binding, resume: { binding: ai, gateway: 'gw' } })
    expect((await generateText({ model: gateway(openai.chat('gpt-5')), prompt: 'hi' })).text).toBe('Hello')
  })
})
