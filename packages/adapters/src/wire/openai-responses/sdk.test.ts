import OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import type { ChatChunk, ChatRequest, ChatUsage, Delta } from '../../chat.ts'
import { createTestContext } from '../../testing/create-test-context.ts'
import { openaiResponses } from '../openai-responses.ts'

/** The official client, answered with what a run of our own writes. */
function clientOf(text: string, contentType: string): OpenAI {
  return new OpenAI({
    apiKey: 'key',
    maxRetries: 0,
    fetch: async () => new Response(text, { headers: { 'content-type': contentType } }),
  })
}

const usage: ChatUsage = {
  prompt_tokens: 12,
  completion_tokens: 7,
  total_tokens: 19,
  prompt_tokens_details: { cached_tokens: 8 },
  completion_tokens_details: { reasoning_tokens: 3 },
}

const weather = { type: 'function' as const, function: { name: 'get_weather', parameters: { type: 'object' } } }
const patch = { type: 'function' as const, function: { name: 'apply_patch' }, custom: true as const }
const chatRequest: ChatRequest = { model: 'm', messages: [{ role: 'user', content: 'Hi' }], tools: [weather, patch] }

const chunkOf = (delta: Delta, rest: Partial<ChatChunk['choices'][number]> = {}): ChatChunk => ({
  id: 'a1',
  object: 'chat.completion.chunk',
  created: 1_700_000_000,
  model: 'm',
  choices: [{ index: 0, delta, finish_reason: null, ...rest }],
})

const startCall = (index: number, id: string, name: string): Delta => ({
  tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }],
})
const words = (index: number, text: string): Delta => ({ tool_calls: [{ index, function: { arguments: text } }] })

/** Thoughts, text with a citation, two calls whose arguments come interleaved, a custom tool's call, text again. */
const said: Delta[] = [
  { role: 'assistant', content: '' },
  { reasoning_content: 'Let me ' },
  { reasoning_content: 'see.' },
  {
    reasoning_details: [
      { type: 'reasoning.text', text: 'Let me see.', signature: 'sig', format: 'anthropic-messages' },
    ],
  },
  { content: 'I will ' },
  { content: 'look.' },
  { annotations: [{ type: 'url_citation', url_citation: { url: 'https://a.example', title: 'A', end_index: 6 } }] },
  startCall(0, 'call_1', 'get_weather'),
  words(0, '{"city":'),
  startCall(1, 'call_2', 'get_weather'),
  words(1, '{"city":"Rome"}'),
  words(0, '"Oslo"}'),
  startCall(2, 'call_3', 'apply_patch'),
  words(2, '{"input":"*** Begin'),
  words(2, ' Patch\\n"}'),
  { content: 'Done.' },
]
const ending = chunkOf({}, { finish_reason: 'tool_calls' })
const chunks: ChatChunk[] = [...said.map((delta) => chunkOf(delta)), ending, { ...ending, choices: [], usage }]

function encode(all: readonly ChatChunk[], request: ChatRequest = chatRequest): string {
  const encoder = openaiResponses.createEncoder(request, createTestContext())
  return all.map((chunk) => encoder.push(chunk)).join('') + encoder.end()
}

describe('the official client', () => {
  test('puts a stream together', async () => {
    const client = clientOf(encode(chunks), 'text/event-stream')
    const numbers: number[] = []
    const deltas: string[] = []
    const stream = client.responses.stream({ model: 'm', input: 'Hi' })
    stream.on('event', (event) => numbers.push(event.sequence_number))
    stream.on('response.output_text.delta', ({ delta }) => deltas.push(delta))
    const response = await stream.finalResponse()

    expect(numbers).toEqual(numbers.map((_, index) => index))
    expect(deltas).toEqual(['I will ', 'look.', 'Done.'])
    expect(response.output_text).toBe('I will look.Done.')
    expect(response.status).toBe('completed')
    expect(response.output.map(({ type }) => type)).toEqual([
      'reasoning',
      'message',
      'function_call',
      'function_call',
      'custom_tool_call',
      'message',
    ])
    const calls = response.output.flatMap((item) =>
      item.type === 'function_call' ? [[item.call_id, item.name, item.arguments]] : [],
    )
    expect(calls).toEqual([
      ['call_1', 'get_weather', '{"city":"Oslo"}'],
      ['call_2', 'get_weather', '{"city":"Rome"}'],
    ])
    expect(response.output.find(({ type }) => type === 'custom_tool_call')).toMatchObject({
      call_id: 'call_3',
      name: 'apply_patch',
      input: '*** Begin Patch\n',
    })
    expect(response.usage).toEqual({
      input_tokens: 12,
      input_tokens_details: { cached_tokens: 8, cache_write_tokens: 0 },
      output_tokens: 7,
      output_tokens_details: { reasoning_tokens: 3 },
      total_tokens: 19,
    })
  })

  test('sees the same items in the events as in the last one', async () => {
    const stream = await clientOf(encode(chunks), 'text/event-stream').responses.create({
      model: 'm',
      input: 'Hi',
      stream: true,
    })
    const done: unknown[] = []
    let last: unknown
    for await (const event of stream) {
      if (event.type === 'response.output_item.done') done[event.output_index] = event.item
      if (event.type === 'response.completed') last = event.response.output
    }
    expect(last).toEqual(done)
  })

  test('reads a whole answer', async () => {
    const { choices: _, ...head } = ending
    const body = openaiResponses.formatResponse(
      {
        ...head,
        object: 'chat.completion',
        choices: [
          {
            index: 0,
            message: {
              role: 'assistant',
              content: 'It is cold.',
              reasoning_content: 'Hm.',
              tool_calls: [{ id: 'call_1', ...weather, function: { name: 'get_weather', arguments: '{}' } }],
            },
            finish_reason: 'length',
          },
        ],
        usage,
      },
      createTestContext(),
      chatRequest,
    )
    const response = await clientOf(JSON.stringify(body), 'application/json').responses.create({
      model: 'm',
      input: 'Hi',
    })
    expect(response.output_text).toBe('It is cold.')
    expect(response.status).toBe('incomplete')
    expect(response.incomplete_details).toEqual({ reason: 'max_output_tokens' })
    expect(response.tools).toMatchObject([
      { type: 'function', name: 'get_weather' },
      { type: 'custom', name: 'apply_patch' },
    ])
  })

  test('throws the error of a stream', async () => {
    const encoder = openaiResponses.createEncoder(chatRequest, createTestContext())
    const text =
      encoder.push(chunkOf({ role: 'assistant', content: 'So' })) +
      encoder.error({ status: 429, type: 'rate_limit', message: 'Slow down.' })
    const stream = clientOf(text, 'text/event-stream').responses.stream({ model: 'm', input: 'Hi' })
    await expect(stream.finalResponse()).rejects.toMatchObject({
      message: 'Slow down.',
      type: 'rate_limit_error',
      code: 'rate_limit_exceeded',
    })
  })
})
