import { describe, expect, test } from 'vitest'
import type { Json, JsonObject } from '../json.ts'
import { createTestContext } from '../testing/create-test-context.ts'
import { readStreamError } from '../read-provider-error.ts'
import { openaiChat } from '../wire/openai-chat.ts'
import { replicatePrediction } from '../wire/replicate-prediction.ts'
import { hasCorpus, readRecorded } from './__fixtures__/corpus.ts'
import { replicate } from './replicate.ts'

const context = createTestContext('meta/meta-llama-3-8b-instruct')
const write = (body: JsonObject) => replicatePrediction.formatRequest(openaiChat.parseRequest(body, context), context)
const user = (content: Json) => ({ role: 'user', content })

describe('a request', () => {
  test('has the question as the prompt', () => {
    const messages = [{ role: 'system', content: 'Be brief.' }, user('Hi')]
    const body = { messages, max_tokens: 9, temperature: 0, top_p: 0.9, seed: 7, stop: ['A', 'B'], stream: true }
    const input = { prompt: 'Hi', system_prompt: 'Be brief.', max_tokens: 9, temperature: 0, top_p: 0.9, seed: 7 }
    expect(write(body)).toEqual({ body: { input: { ...input, stop_sequences: 'A,B' }, stream: true }, warnings: [] })
  })

  test('has a conversation as a transcript', () => {
    const messages = [user('Hi'), { role: 'assistant', content: 'Hello.' }, user('How are you?')]
    expect(write({ messages }).body).toEqual({
      input: { prompt: 'User: Hi\n\nAssistant: Hello.\n\nUser: How are you?\n\nAssistant:' },
    })
  })

  test('has one image', () => {
    const image = { type: 'image_url', image_url: { url: 'https://a.com/i.png' } }
    const messages = [user([{ type: 'text', text: 'What is it?' }, image])]
    expect(write({ messages }).body).toEqual({ input: { prompt: 'What is it?', image: 'https://a.com/i.png' } })
    expect(() => write({ messages: [user([image, image])] })).toThrow(expect.objectContaining({ code: 'unsupported' }))
  })

  test.each([
    [{ n: 2 }, 'n'],
    [{ tools: [{ type: 'function', function: { name: 'f' } }] }, 'tools'],
    [{ response_format: { type: 'json_object' } }, 'response_format'],
  ])('cannot be %o', (body, param) => {
    const wrong = expect.objectContaining({ name: 'WireError', code: 'unsupported', param })
    expect(() => write({ messages: [user('Hi')], ...body })).toThrow(wrong)
  })

  test.each([
    ['meta/llama', 'https://api.replicate.com/v1/models/meta/llama/predictions', {}],
    ['me/mine:ab12', 'https://api.replicate.com/v1/predictions', { version: 'ab12' }],
  ])('for %s goes to %s', (model, url, fields) => {
    expect(replicate.chatUrl(model)).toBe(url)
    expect(replicate.encode({ input: {} }, { model, stream: false })).toEqual({ input: {}, ...fields })
  })

  test.each(['llama', 'a/b/c', 'a/b?c'])('cannot be for %s', (model) => {
    expect(replicate.chatUrl(model)).toBeUndefined()
  })

  test('waits for its answer unless it wants a stream', () => {
    expect(replicate.chatHeaders({ model: 'a/b', stream: false })).toEqual({ prefer: 'wait' })
    expect(replicate.chatHeaders({ model: 'a/b', stream: true })).toEqual({})
  })
})

describe('an answer', () => {
  const prediction = { id: 'p1', status: 'succeeded', output: ['\n\n', 'Hel', 'lo'], error: null }

  test.each([
    [
      { input_token_count: 7, output_token_count: 5 },
      { prompt_tokens: 7, completion_tokens: 5, total_tokens: 12 },
    ],
    [
      { token_input_count: 7, token_output_count: 5 },
      { prompt_tokens: 7, completion_tokens: 5, total_tokens: 12 },
    ],
    [{ predict_time: 1 }, undefined],
  ])('with metrics %o is read', (metrics, usage) => {
    expect(replicatePrediction.parseResponse({ ...prediction, metrics }, context)).toEqual({
      id: 'p1',
      object: 'chat.completion',
      created: 1_700_000_000,
      model: 'meta/meta-llama-3-8b-instruct',
      choices: [
        { index: 0, message: { role: 'assistant', content: '\n\nHello', refusal: null }, finish_reason: 'stop' },
      ],
      ...(usage && { usage }),
    })
  })

  test.each([
    [{ status: 'failed', error: 'NSFW content detected.' }, 'NSFW content detected.', 'content_filter'],
    [{ status: 'failed', error: null }, 'The prediction was failed.', undefined],
    [{ status: 'canceled', error: null }, 'The prediction was canceled.', undefined],
    [{ status: 'aborted' }, 'The prediction was aborted.', undefined],
  ])('that is %o is an error', (ended, message, type) => {
    const error = readStreamError(replicate.repair({ ...prediction, ...ended }))
    expect(error).toMatchObject({ status: 502, message })
    expect(replicate.classify(error)).toBe(type)
  })

  test('that has succeeded is not touched', () => {
    expect(replicate.repair(prediction)).toBe(prediction)
  })
})

describe('a stream', () => {
  const read = (...events: [event: string, data: string][]) => {
    const decoder = replicatePrediction.createDecoder(createTestContext())
    const items = events.flatMap(([event, data]) => decoder.push({ event, data }))
    return { items, finished: decoder.finished }
  }

  test('has text as it is', () => {
    const { items, finished } = read(['output', 'Hello'], ['output', ' {"a":1}\n'], ['done', '{}'])
    const choices = items.map((item) => item.type === 'chunk' && item.chunk.choices[0])
    expect(choices).toMatchObject([
      { delta: { role: 'assistant', content: 'Hello' }, finish_reason: null },
      { delta: { content: ' {"a":1}\n' }, finish_reason: null },
      { delta: {}, finish_reason: 'stop' },
    ])
    expect(finished).toBe(true)
  })

  test.each([
    [['error', '{"detail":"No."}'], 'No.'],
    [['done', '{"reason":"canceled"}'], 'The prediction ended: canceled.'],
  ] as const)('with %o is an error', ([event, data], message) => {
    const { items, finished } = read([event, data])
    expect([items, finished]).toMatchObject([[{ type: 'error', error: { message } }], false])
  })
})

describe.skipIf(!hasCorpus)('recorded predictions', () => {
  const predictions = readRecorded('replicate', 'replicate.prediction').filter(({ response }) => response.status < 300)

  test.each(predictions.map(({ id, response }) => [id, response.body ?? {}] as const))('%s is followed', (_, body) => {
    const isOpen = body['status'] === 'starting' || body['status'] === 'processing'
    const next = replicate.follow(body, { model: 'a/b', stream: false })
    expect(next).toBe(isOpen ? `https://api.replicate.com/v1/predictions/${String(body['id'])}` : undefined)
  })

  test('of language models are read', () => {
    const texts = predictions.filter(({ id }) => id.includes('processing-text'))
    const answers = texts.map(({ response }) => replicatePrediction.parseResponse(response.body ?? {}, context))
    expect(answers.map(({ choices }) => choices[0]?.message.content)).toEqual(
      texts.map(({ expect: facts }) => facts.text),
    )
    expect(answers).toHaveLength(2)
  })
})
