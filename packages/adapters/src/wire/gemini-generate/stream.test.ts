import { expect, test } from 'vitest'
import type { ChatChunk, ChunkChoice, Delta } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'
import { createContext, decodeStream } from '../anthropic-messages/__fixtures__/corpus.ts'
import { geminiGenerate } from '../gemini-generate.ts'

const head = { id: 'r', object: 'chat.completion.chunk' as const, created: 1_700_000_000, model: 'gemini' }

function sse(...parts: JsonObject[]): string {
  return parts
    .map((part) => `data: ${JSON.stringify({ responseId: 'r', modelVersion: 'gemini', ...part })}\r\n\r\n`)
    .join('')
}

const candidate = (parts: JsonObject[], rest: JsonObject = {}): JsonObject => ({
  candidates: [{ content: { role: 'model', parts }, index: 0, ...rest }],
})

function say(delta: Delta, ending: Partial<ChunkChoice> = {}): ChatChunk {
  return { ...head, choices: [{ index: 0, delta, finish_reason: null, ...ending }] }
}

const chunks = (text: string, size = 4096): unknown[] =>
  decodeStream(geminiGenerate, text, size).items.map((item) => (item.type === 'chunk' ? item.chunk : item.error))

test('each event becomes one chunk; what ends the choice comes last', () => {
  const text = sse(
    candidate([{ text: 'hm', thought: true }]),
    candidate([{ text: 'Hé.' }]),
    candidate([
      { functionCall: { name: 'f', args: { x: 1 } }, thoughtSignature: 's' },
      { functionCall: { id: 'own', name: 'g' } },
    ]),
    candidate([{ text: '', thoughtSignature: 't' }], {
      finishReason: 'STOP',
      groundingMetadata: {
        groundingChunks: [{ web: { uri: 'https://a', title: 'A' } }, { web: { uri: 'https://b' } }],
        groundingSupports: [{ segment: { endIndex: 3 }, groundingChunkIndices: [0] }],
      },
    }),
    {
      usageMetadata: {
        promptTokenCount: 10,
        candidatesTokenCount: 4,
        thoughtsTokenCount: 2,
        toolUsePromptTokenCount: 5,
        cachedContentTokenCount: 3,
        totalTokenCount: 21,
        promptTokensDetails: [{ modality: 'AUDIO', tokenCount: 6 }],
        cacheTokensDetails: [{ modality: 'AUDIO', tokenCount: 2 }],
      },
    },
  )
  expect(chunks(text, 3)).toEqual([
    say({ role: 'assistant', content: '', reasoning_content: 'hm' }),
    say({ content: 'Hé.' }),
    say({
      tool_calls: [
        {
          index: 0,
          id: 'call_id1',
          type: 'function',
          function: { name: 'f', arguments: '{"x":1}' },
          extra_content: { google: { thought_signature: 's' } },
        },
        { index: 1, id: 'own', type: 'function', function: { name: 'g', arguments: '{}' } },
      ],
    }),
    say(
      {
        reasoning_details: [
          { type: 'reasoning.text', text: 'hm', format: 'gemini-generate' },
          { type: 'reasoning.encrypted', data: 't', format: 'gemini-generate' },
        ],
        annotations: [
          { type: 'url_citation', url_citation: { url: 'https://a', title: 'A', start_index: 0, end_index: 2 } },
          { type: 'url_citation', url_citation: { url: 'https://b' } },
        ],
      },
      { finish_reason: 'tool_calls', native_finish_reason: 'STOP' },
    ),
    {
      ...head,
      choices: [],
      usage: {
        prompt_tokens: 15,
        completion_tokens: 6,
        total_tokens: 21,
        prompt_tokens_details: { cached_tokens: 3, audio_tokens: 4 },
        completion_tokens_details: { reasoning_tokens: 2 },
      },
    },
  ])
})

test('a finish reason on each event ends the choice once', () => {
  const text = sse(candidate([{ text: 'a' }], { finishReason: 1 }), candidate([{ text: 'b' }], { finishReason: 1 }))
  expect(chunks(text)).toEqual([
    say({ role: 'assistant', content: 'a' }),
    say({ content: 'b' }),
    say({}, { finish_reason: 'stop', native_finish_reason: 'STOP' }),
  ])
})

test('arguments in pieces become one object', () => {
  const piece = (call: JsonObject, rest?: JsonObject): JsonObject => candidate([{ functionCall: call }], rest)
  const text = sse(
    piece({ name: 'f', willContinue: true }),
    piece({ partialArgs: [{ jsonPath: '$.a[0].b', stringValue: 'x', willContinue: true }], willContinue: true }),
    piece({ partialArgs: [{ jsonPath: '$.a[0].b', stringValue: 'y' }], willContinue: true }),
    piece({
      partialArgs: [
        { jsonPath: "$['c d']", boolValue: true },
        { jsonPath: '$.n', nullValue: null },
      ],
      willContinue: true,
    }),
    piece({ name: 'g', args: { z: 1 } }, { finishReason: 'STOP' }),
  )
  const started = { index: 0, id: 'call_id1', type: 'function' as const, function: { name: 'f', arguments: '' } }
  expect(chunks(text)).toEqual([
    say({ role: 'assistant', content: '', tool_calls: [started] }),
    say({
      tool_calls: [
        { index: 0, function: { arguments: '{"a":[{"b":"xy"}],"c d":true,"n":null}' } },
        { index: 1, id: 'call_id2', type: 'function', function: { name: 'g', arguments: '{"z":1}' } },
      ],
    }),
    say({}, { finish_reason: 'tool_calls', native_finish_reason: 'STOP' }),
  ])
})

test('a refused prompt is a choice that the filter ended', () => {
  const text = sse({ promptFeedback: { blockReason: 'SAFETY', blockReasonMessage: 'No.' } })
  expect(chunks(text)).toEqual([
    say({ role: 'assistant', content: '' }),
    say({ refusal: 'No.' }, { finish_reason: 'content_filter', native_finish_reason: 'promptFeedback:SAFETY' }),
  ])
})

test.each([
  ['an object', (error: JsonObject) => JSON.stringify({ error })],
  ['an array', (error: JsonObject) => JSON.stringify([{ error }])],
  ['an event', (error: JsonObject) => sse({ error })],
])('an error that comes as %s is told as the error that it is', (_, write) => {
  const text = write({ code: 429, message: 'Slow down', status: 'RESOURCE_EXHAUSTED' })
  const { items, finished } = decodeStream(geminiGenerate, text, 7)
  expect(finished).toBe(true)
  expect(items).toMatchObject([{ type: 'error', error: { type: 'rate_limit', status: 429, message: 'Slow down' } }])
})

test('pieces of an answer may come as one array', () => {
  const text = JSON.stringify([candidate([{ text: 'a' }]), candidate([{ text: 'b' }], { finishReason: 'STOP' })])
  expect(decodeStream(geminiGenerate, text, 4096)).toMatchObject({ finished: true, items: [{}, {}, {}] })
})

test('a stream that is cut is not finished, and says only what it has used', () => {
  const text = sse({ ...candidate([{ text: 'a' }]), usageMetadata: { promptTokenCount: 3 } })
  const { items, finished } = decodeStream(geminiGenerate, text, 4096)
  expect(finished).toBe(false)
  expect(items).toMatchObject([
    { chunk: { choices: [{ finish_reason: null }] } },
    { chunk: { choices: [], usage: { prompt_tokens: 3, completion_tokens: 0 } } },
  ])
})

test('an event that is no JSON is an error', () => {
  expect(chunks('data: {"candidates"\n\n')).toMatchObject([{ type: 'upstream_error', status: 502 }])
})

test('several candidates keep apart', () => {
  const text = sse({
    candidates: [0, 1].map((index) => ({
      content: { parts: [{ text: `${index}` }] },
      finishReason: 'STOP',
      index,
      logprobsResult: {
        chosenCandidates: [{ token: 'é', logProbability: -0.5 }],
        topCandidates: [{ candidates: [{ token: 'é', logProbability: -0.5 }] }],
      },
    })),
  })
  const entry = { token: 'é', logprob: -0.5, bytes: [195, 169] }
  const logprobs = { content: [{ ...entry, top_logprobs: [entry] }] }
  const ended = { delta: {}, finish_reason: 'stop' as const, native_finish_reason: 'STOP', logprobs }
  expect(chunks(text)).toEqual([
    {
      ...head,
      choices: [0, 1].map((index) => ({
        index,
        delta: { role: 'assistant', content: `${index}` },
        finish_reason: null,
      })),
    },
    {
      ...head,
      choices: [
        { index: 0, ...ended },
        { index: 1, ...ended },
      ],
    },
  ])
})

test('the events of an answer: calls whole, finish reason and usage last', () => {
  const encoder = geminiGenerate.createEncoder({ model: 'm', messages: [] }, createContext())
  const said: ChatChunk[] = [
    say({ role: 'assistant', content: '' }),
    say({ reasoning_content: 'hm' }),
    say({ reasoning_details: [{ type: 'reasoning.text', text: 'hm', signature: 's', format: 'anthropic-messages' }] }),
    say({ content: 'Hi' }),
    say({ tool_calls: [{ index: 0, id: 'a', type: 'function', function: { name: 'f', arguments: '{"x"' } }] }),
    say({ tool_calls: [{ index: 0, function: { arguments: ':1}' } }] }),
    say({}, { finish_reason: 'tool_calls' }),
    {
      ...head,
      choices: [],
      usage: {
        prompt_tokens: 5,
        completion_tokens: 4,
        total_tokens: 9,
        completion_tokens_details: { reasoning_tokens: 3 },
      },
    },
  ]
  const text = said.map((chunk) => encoder.push(chunk)).join('') + encoder.end()
  const events = text
    .split('\r\n\r\n')
    .slice(0, -1)
    .map((event) => JSON.parse(event.slice('data: '.length)))
  const rest = { modelVersion: 'gemini', responseId: 'r' }
  const event = (part: JsonObject): JsonObject => ({
    candidates: [{ content: { role: 'model', parts: [part] }, index: 0 }],
    ...rest,
  })
  expect(events).toEqual([
    event({ text: 'hm', thought: true }),
    event({ text: '', thought: true, thoughtSignature: btoa('gw:text/anthropic-messages:s') }),
    event({ text: 'Hi' }),
    {
      candidates: [
        {
          index: 0,
          content: { role: 'model', parts: [{ functionCall: { id: 'a', name: 'f', args: { x: 1 } } }] },
          finishReason: 'STOP',
        },
      ],
      usageMetadata: { promptTokenCount: 5, candidatesTokenCount: 1, totalTokenCount: 9, thoughtsTokenCount: 3 },
      ...rest,
    },
  ])
})
