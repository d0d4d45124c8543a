import {
  embedMany,
  experimental_generateSpeech as generateSpeech,
  experimental_transcribe as transcribe,
  generateImage,
  generateText,
  jsonSchema,
  Output,
  rerank,
  stepCountIs,
  streamText,
  tool,
} from 'ai'
import { describe, expect, test } from 'vitest'
import { jsonResponse } from './__fixtures__/fake-binding.ts'
import { fakeModels } from './__fixtures__/models.ts'
import { sse, sseResponse } from './__fixtures__/streams.ts'

const kimi = '@cf/moonshotai/kimi-k2.6'
const now = tool({
  description: 'The time.',
  inputSchema: jsonSchema<{ tz: string }>({ type: 'object', properties: { tz: { type: 'string' } }, required: ['tz'] }),
  execute: async ({ tz }) => ({ time: `noon in ${tz}` }),
})
const calls = (tz: string) => [
  { id: 'functions.now:0', type: 'function', function: { name: 'now', arguments: JSON.stringify({ tz }) } },
]
const usage = { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7, prompt_tokens_details: { cached_tokens: 3 } }

describe('the AI SDK', () => {
  test('generates text', async () => {
    const { chat, runs } = fakeModels(() => jsonResponse({ result: { response: 'Hello', usage }, success: true }), {
      id: 'g',
    })
    const result = await generateText({ model: chat(kimi), prompt: 'Hi', topK: 3, seed: 1, stopSequences: ['x'] })
    expect([result.text, result.finishReason]).toEqual(['Hello', 'stop'])
    expect(result.usage).toMatchObject({
      inputTokens: 5,
      outputTokens: 2,
      inputTokenDetails: { cacheReadTokens: 3, noCacheTokens: 2 },
    })
    expect(result.warnings ?? []).toEqual([])
    expect(runs[0]?.inputs).toMatchObject({ top_k: 3, seed: 1, stop: ['x'] })
    expect(runs[0]?.options).toMatchObject({ gateway: { id: 'g' }, returnRawResponse: true })
  })

  test('goes through tools, giving the model its own ids back', async () => {
    const { chat, runs } = fakeModels((_, index) =>
      jsonResponse(
        index === 0
          ? {
              choices: [
                {
                  message: { content: null, tool_calls: [...calls('UTC'), ...calls('CET')] },
                  finish_reason: 'tool_calls',
                },
              ],
            }
          : { choices: [{ message: { content: 'Noon.' }, finish_reason: 'stop' }] },
      ),
    )
    const result = await generateText({ model: chat(kimi), prompt: 'Time?', tools: { now }, stopWhen: stepCountIs(3) })
    expect(result.text).toBe('Noon.')
    expect(new Set(result.steps[0]?.toolCalls.map(({ toolCallId }) => toolCallId)).size).toBe(2)
    expect(runs[1]?.inputs['messages']).toMatchObject([
      { role: 'user' },
      { role: 'assistant', content: '', tool_calls: [{ id: 'functions.now:0' }, { id: 'functions.now:0' }] },
      { role: 'tool', tool_call_id: 'functions.now:0', content: '{"time":"noon in UTC"}' },
      { role: 'tool', tool_call_id: 'functions.now:0', content: '{"time":"noon in CET"}' },
    ])
  })

  test('streams text and thoughts, and tells the metadata', async () => {
    const events = sse(
      { id: 'x1', choices: [{ delta: { reasoning_content: 'Hm.' } }] },
      { id: 'x1', choices: [{ delta: { content: 'Hello' }, finish_reason: 'stop' }], usage },
      '[DONE]',
    )
    const { chat } = fakeModels(() => sseResponse(events, { size: 7, headers: { 'cf-aig-log-id': 'l1' } }))
    const result = streamText({ model: chat(kimi), prompt: 'Hi' })
    expect(await result.text).toBe('Hello')
    expect(await result.reasoningText).toBe('Hm.')
    expect(await result.finishReason).toBe('stop')
    expect(await result.providerMetadata).toEqual({ gateway: { logId: 'l1' } })
    expect(await result.response).toMatchObject({ id: 'x1', modelId: kimi, headers: { 'cf-aig-log-id': 'l1' } })
  })

  test('streams calls of tools', async () => {
    const piece = (fields: object) => ({ response: '', tool_calls: [fields] })
    const first = sse(
      piece({ id: 'functions.now:0', index: 0, type: 'function', function: { name: 'now', arguments: '{"tz":' } }),
      piece({ index: 0, function: { arguments: '"UTC"}' } }),
      piece({ id: null, function: { name: null } }),
      '[DONE]',
    )
    const { chat } = fakeModels((_, index) =>
      sseResponse(index === 0 ? first : sse({ response: 'Noon.' }, '[DONE]'), { size: 3 }),
    )
    const result = streamText({ model: chat(kimi), prompt: 'Time?', tools: { now }, stopWhen: stepCountIs(3) })
    expect(await result.text).toBe('Noon.')
    expect((await result.steps).map(({ toolResults }) => toolResults.map(({ output }) => output))).toEqual([
      [{ time: 'noon in UTC' }],
      [],
    ])
  })

  test('gets objects, also streamed where Workers AI does not stream them', async () => {
    const output = Output.object({
      schema: jsonSchema<{ a: number }>({ type: 'object', properties: { a: { type: 'number' } } }),
    })
    const whole = fakeModels(() => jsonResponse({ response: { a: 1 } }))
    expect((await generateText({ model: whole.chat(kimi), prompt: 'x', output })).output).toEqual({ a: 1 })
    const refused = fakeModels((_, index) =>
      index === 0
        ? jsonResponse({ errors: [{ code: 5023, message: 'No stream.' }] }, { status: 400 })
        : jsonResponse({ response: { a: 2 } }),
    )
    expect(await streamText({ model: refused.chat(kimi), prompt: 'x', output }).output).toEqual({ a: 2 })
    expect(refused.runs).toHaveLength(2)
  })

  test('retries what Workers AI calls temporary, and nothing else', async () => {
    const busy = fakeModels((_, index) => {
      if (index === 0) throw new Error('3040: Capacity temporarily exceeded')
      return { response: 'Hello' }
    })
    const quick = { 'retry-after-ms': '1' }
    const limited = fakeModels((_, index) =>
      index === 0
        ? jsonResponse({ errors: [{ code: 3040, message: 'x' }] }, { status: 429, headers: quick })
        : { response: 'Hello' },
    )
    expect((await generateText({ model: limited.chat(kimi), prompt: 'x' })).text).toBe('Hello')
    await expect(generateText({ model: busy.chat(kimi), prompt: 'x', maxRetries: 0 })).rejects.toMatchObject({
      isRetryable: true,
    })
    const wrong = fakeModels(() => {
      throw new Error('5007: No such model')
    })
    await expect(generateText({ model: wrong.chat(kimi), prompt: 'x' })).rejects.toMatchObject({ statusCode: 400 })
    expect([limited.runs.length, busy.runs.length, wrong.runs.length]).toEqual([2, 1, 1])
  })

  test('stops when it is told to', async () => {
    const { chat } = fakeModels(() => new Promise(() => {}))
    const controller = new AbortController()
    const call = generateText({ model: chat(kimi), prompt: 'x', abortSignal: controller.signal })
    controller.abort()
    await expect(call).rejects.toMatchObject({ name: 'AbortError' })
  })

  test('passes the URL of an image on', async () => {
    const { chat, runs } = fakeModels({ response: 'A cat.' })
    const content = [{ type: 'file' as const, mediaType: 'image/*', data: new URL('https://a.example/cat.png') }]
    await generateText({ model: chat(kimi), messages: [{ role: 'user', content }] })
    const image_url = { url: 'https://a.example/cat.png' }
    expect(runs[0]?.inputs['messages']).toEqual([{ role: 'user', content: [{ type: 'image_url', image_url }] }])
  })

  test('embeds', async () => {
    const { embedding, runs } = fakeModels(({ inputs }) => ({
      data: Array.isArray(inputs['text']) ? inputs['text'].map(() => [1]) : [],
    }))
    const model = embedding('@cf/baai/bge-m3', { maxEmbeddingsPerCall: 2 })
    expect((await embedMany({ model, values: ['a', 'b', 'c'] })).embeddings).toEqual([[1], [1], [1]])
    expect(runs.map(({ inputs }) => inputs)).toEqual([{ text: ['a', 'b'] }, { text: ['c'] }])
  })

  test('generates images', async () => {
    const { image, runs } = fakeModels(() => jsonResponse({ result: { image: 'iVBORw0KGgo=' }, success: true }))
    const { images } = await generateImage({
      model: image('@cf/black-forest-labs/flux-1-schnell'),
      prompt: 'x',
      n: 2,
      size: '64x64',
    })
    expect(images.map(({ base64, mediaType }) => [base64, mediaType])).toEqual([
      ['iVBORw0KGgo=', 'image/png'],
      ['iVBORw0KGgo=', 'image/png'],
    ])
    expect(runs).toHaveLength(2)
  })

  test('transcribes', async () => {
    const { transcription } = fakeModels({ text: 'Good', words: [{ word: 'Good', start: 0, end: 1 }] })
    const { text, segments } = await transcribe({
      model: transcription('@cf/openai/whisper'),
      audio: new Uint8Array([1]),
    })
    expect([text, segments]).toEqual(['Good', [{ text: 'Good', startSecond: 0, endSecond: 1 }]])
  })

  test('speaks', async () => {
    const { speech } = fakeModels(
      () => new Response(new Uint8Array([0xff, 0xfb, 0x90]), { headers: { 'content-type': 'audio/mpeg' } }),
    )
    const { audio } = await generateSpeech({ model: speech('@cf/deepgram/aura-1'), text: 'Hello', voice: 'asteria' })
    expect([...audio.uint8Array]).toEqual([0xff, 0xfb, 0x90])
  })

  test('reranks', async () => {
    const { reranking } = fakeModels({ response: [{ id: 1, score: 0.9 }] })
    const result = await rerank({
      model: reranking('@cf/baai/bge-reranker-base'),
      documents: ['a', 'b'],
      query: 'q',
      topN: 1,
    })
    expect(result.rerankedDocuments).toEqual(['b'])
  })
})
