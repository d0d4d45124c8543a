import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isObject, type JsonObject } from '../../src/json.ts'
import { createTestContext } from '../../src/testing/create-test-context.ts'
import type { WireFormat } from '../../src/wire-format.ts'
import { anthropicMessages } from '../../src/wire/anthropic-messages.ts'
import { cohereChat } from '../../src/wire/cohere-chat.ts'
import { geminiGenerate } from '../../src/wire/gemini-generate.ts'
import { ollamaChat } from '../../src/wire/ollama-chat.ts'
import { openaiChat } from '../../src/wire/openai-chat.ts'
import { workersAI } from '../../src/wire/workers-ai.ts'
import { addedLeaves } from './leaves.ts'

type Fields = Record<string, fc.Arbitrary<unknown>>

const text = fc.stringMatching(/^[a-z][a-z ]{0,6}[a-z]$/)
const id = fc.stringMatching(/^[a-z]{1,6}$/)
const only = <T>(value: T) => fc.constant(value)
const count = fc.integer({ min: 1, max: 1000 })
const share = fc.double({ min: 0.01, max: 0.99, noNaN: true })
const object = fc.dictionary(id, fc.oneof(text, fc.integer(), fc.boolean()), { minKeys: 1, maxKeys: 3 })
const schema = object.map((properties) => ({ type: 'object', properties, required: [] }))
/** Fields that are always there, and others that may be. */
const record = (required: Fields, optional: Fields = {}) =>
  fc.record({ ...required, ...optional }, { requiredKeys: Object.keys(required) })
const png = 'data:image/png;base64,iVBORw0KGgo='
const list = (item: fc.Arbitrary<unknown>) => fc.array(item, { minLength: 1, maxLength: 3 })

const textPart = record({ type: only('text'), text })
const chatImage = record({ type: only('image_url'), image_url: record({ url: only(png) }) })
const chatTool = record({
  type: only('function'),
  function: record({ name: id, parameters: schema, description: text }),
})
const chatCall = record({
  id: only('c1'),
  type: only('function'),
  function: record({ name: only('look'), arguments: object.map((value) => JSON.stringify(value)) }),
})
const chatMessages = (parts: fc.Arbitrary<unknown>) =>
  fc
    .tuple(
      record({ role: only('system'), content: text }),
      record({ role: only('user'), content: fc.oneof(text, list(parts)) }),
      record({
        role: only('assistant'),
        content: text,
        tool_calls: fc.array(chatCall, { minLength: 1, maxLength: 1 }),
      }),
      record({ role: only('tool'), tool_call_id: only('c1'), content: text }),
    )
    .map((messages) => [...messages])
const chatSampling = {
  temperature: share,
  seed: count,
  frequency_penalty: share,
  presence_penalty: share,
  stream: fc.boolean(),
}

const chat = record(
  {
    model: only('the-model'),
    messages: chatMessages(
      fc.oneof(
        textPart,
        chatImage,
        record({ type: only('input_audio'), input_audio: only({ data: 'AA==', format: 'wav' }) }),
        record({
          type: only('file'),
          file: fc.oneof(
            record({ file_id: id }),
            record({ filename: id, file_data: only('data:application/pdf;base64,AA==') }),
          ),
        }),
      ),
    ),
  },
  {
    ...chatSampling,
    tools: list(chatTool),
    response_format: fc.oneof(
      only({ type: 'json_object' }),
      record({ type: only('json_schema'), json_schema: record({ name: id, schema, strict: fc.boolean() }) }),
    ),
    max_completion_tokens: count,
    top_p: share,
    n: count,
    stop: list(text),
    logprobs: fc.boolean(),
    top_logprobs: count,
    reasoning_effort: fc.constantFrom('low', 'high'),
    user: id,
    service_tier: fc.constantFrom('auto', 'flex'),
    store: fc.boolean(),
    metadata: object,
    logit_bias: object,
    prompt_cache_key: id,
    safety_identifier: id,
    verbosity: fc.constantFrom('low', 'high'),
    prediction: record({ type: only('content'), content: text }),
    modalities: only(['text', 'audio']),
    audio: only({ voice: 'alloy', format: 'wav' }),
    web_search_options: record({ search_context_size: fc.constantFrom('low', 'high') }),
  },
)

const cache = only({ type: 'ephemeral' })
const block = fc.oneof(
  record({ type: only('text'), text }, { cache_control: cache }),
  record(
    { type: only('image'), source: only({ type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' }) },
    { cache_control: cache },
  ),
  record({ type: only('image'), source: only({ type: 'url', url: 'https://a.example/b.png' }) }),
  record(
    { type: only('document'), source: only({ type: 'url', url: 'https://a.example/b.pdf' }) },
    { title: text, citations: only({ enabled: true }) },
  ),
  record(
    { type: only('document'), source: only({ type: 'base64', media_type: 'application/pdf', data: 'AA==' }) },
    { cache_control: cache },
  ),
)
const messages = record(
  {
    model: only('claude-sonnet-4-5'),
    max_tokens: fc.integer({ min: 5000, max: 9000 }),
    messages: fc
      .tuple(
        record({ role: only('user'), content: list(block) }),
        record({
          role: only('assistant'),
          content: fc
            .tuple(
              record({ type: only('thinking'), thinking: text, signature: id }),
              record({ type: only('text'), text }),
              record({ type: only('tool_use'), id: only('c1'), name: only('look'), input: object }),
            )
            .map((blocks) => [...blocks]),
        }),
        record({
          role: only('user'),
          content: record(
            { type: only('tool_result'), tool_use_id: only('c1'), content: list(record({ type: only('text'), text })) },
            { is_error: fc.boolean(), cache_control: cache },
          ).map((result) => [result]),
        }),
      )
      .map((turns) => [...turns]),
  },
  {
    system: list(record({ type: only('text'), text }, { cache_control: cache })),
    tools: list(
      fc.oneof(
        record(
          { name: id, input_schema: schema },
          { description: text, strict: only(true), cache_control: cache, defer_loading: fc.boolean() },
        ),
        record({ type: only('web_search_20250305'), name: only('web_search') }, { max_uses: count }),
      ),
    ),
    stop_sequences: list(text),
    stream: fc.boolean(),
    top_k: count,
    temperature: share,
    metadata: record({ user_id: id }),
    service_tier: fc.constantFrom('auto', 'standard_only'),
    output_config: record({
      format: record({
        type: only('json_schema'),
        schema: only({ type: 'object', properties: {}, additionalProperties: false }),
      }),
    }),
    container: id,
    mcp_servers: list(object),
    context_management: object,
  },
)

const part = fc.oneof(
  record({ text }),
  record({ inlineData: only({ mimeType: 'image/png', data: 'iVBORw0KGgo=' }) }),
  record({ inlineData: only({ mimeType: 'audio/wav', data: 'AA==' }) }),
  record({ fileData: only({ mimeType: 'application/pdf', fileUri: 'https://a.example/b.pdf' }) }),
  record({
    fileData: only({ mimeType: 'video/mp4', fileUri: 'https://a.example/b.mp4' }),
    videoMetadata: only({ fps: 2 }),
  }),
)
const gemini = record(
  {
    contents: fc
      .tuple(
        record({ role: only('user'), parts: list(part) }),
        record({
          role: only('model'),
          parts: fc
            .tuple(
              record({ text, thought: only(true) }),
              record({ text }),
              record({
                functionCall: record({ id: only('c1'), name: only('look'), args: object }),
                thoughtSignature: id,
              }),
            )
            .map((parts) => [...parts]),
        }),
        record({
          role: only('user'),
          parts: record({ functionResponse: record({ id: only('c1'), name: only('look'), response: object }) }).map(
            (result) => [result],
          ),
        }),
      )
      .map((turns) => [...turns]),
  },
  {
    systemInstruction: record({ parts: list(record({ text })) }),
    tools: list(fc.oneof(only({ googleSearch: {} }), only({ codeExecution: {} }), only({ urlContext: {} }))),
    safetySettings: list(object),
    cachedContent: id,
    labels: object,
    generationConfig: record(
      {},
      {
        temperature: share,
        topP: share,
        topK: count,
        maxOutputTokens: count,
        candidateCount: count,
        seed: count,
        presencePenalty: share,
        frequencyPenalty: share,
        stopSequences: list(text),
        responseMimeType: only('application/json'),
        responseModalities: only(['TEXT', 'IMAGE']),
        speechConfig: object,
        imageConfig: object,
        mediaResolution: id,
      },
    ),
  },
)

const cohereFields = record(
  { model: only('command-a'), messages: chatMessages(fc.oneof(textPart, chatImage)) },
  {
    ...chatSampling,
    documents: list(record({ id, data: object })),
    response_format: record({ type: only('json_object') }, { json_schema: schema }),
    max_tokens: count,
    p: share,
    k: fc.integer({ min: 1, max: 400 }),
    stop_sequences: list(text),
    logprobs: fc.boolean(),
    thinking: record({ type: only('enabled') }, { token_budget: count }),
    safety_mode: id,
    citation_options: only({ mode: 'FAST' }),
    priority: count,
  },
)

const cohereTools = record(
  { tools: list(chatTool) },
  { strict_tools: only(true), tool_choice: fc.constantFrom('REQUIRED', 'NONE') },
)
const cohere = fc
  .tuple(cohereFields, fc.oneof(only({}), cohereTools))
  .map(([fields, tools]) => Object.assign({}, fields, tools))

const ollama = record(
  {
    model: only('llama3.2'),
    messages: fc
      .tuple(
        record({ role: only('system'), content: text }),
        record({ role: only('user'), content: text }, { images: list(only('iVBORw0KGgo=')) }),
        record(
          {
            role: only('assistant'),
            content: text,
            tool_calls: list(record({ function: record({ name: only('look'), arguments: object }) })),
          },
          { thinking: text },
        ),
        record({ role: only('tool'), content: text, tool_name: only('look') }),
      )
      .map((turns) => [...turns]),
    stream: fc.boolean(),
  },
  {
    tools: list(chatTool),
    format: fc.oneof(only('json'), schema),
    think: fc.oneof(fc.boolean(), fc.constantFrom('low', 'high')),
    logprobs: fc.boolean(),
    top_logprobs: count,
    keep_alive: text,
    options: record(
      {},
      {
        num_predict: count,
        temperature: share,
        top_p: share,
        top_k: count,
        seed: count,
        stop: list(text),
        num_ctx: count,
        min_p: share,
        repeat_penalty: share,
      },
    ),
  },
)

const workers = record(
  { messages: chatMessages(chatImage), max_tokens: count },
  {
    temperature: share,
    seed: count,
    frequency_penalty: share,
    presence_penalty: share,
    tools: list(chatTool),
    top_p: share,
    top_k: count,
    response_format: fc.oneof(
      only({ type: 'json_object' }),
      record({ type: only('json_schema'), json_schema: schema }),
    ),
    repetition_penalty: share,
    lora: id,
    raw: fc.boolean(),
  },
)

const cases: [string, WireFormat, fc.Arbitrary<unknown>][] = [
  ['openai-chat', openaiChat, chat],
  ['anthropic-messages', anthropicMessages, messages],
  ['gemini-generate', geminiGenerate, gemini],
  ['cohere-chat', cohereChat, cohere],
  ['ollama-chat', ollamaChat, ollama],
  ['workers-ai', workersAI, workers],
]

/** A text that is the only part of a content, as the text alone: formats take both. */
function simplify(value: unknown): unknown {
  if (Array.isArray(value)) {
    const [only, second] = value
    const isText = isObject(only) && second === undefined && Object.keys(only).sort().join() === 'text,type'
    return isText ? only['text'] : value.map(simplify)
  }
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, simplify(inner)]))
}

/** What the formats leave out or add where it means nothing. */
const meansNothing = /^(?:model|logprobs=false)/

describe('a request keeps every field that its format has', () => {
  test.each(cases)('%s', (_, format, body) => {
    const property = fc.property(body, (request) => {
      const plain: JsonObject = JSON.parse(JSON.stringify(request))
      const context = createTestContext('model' in plain ? String(plain['model']) : 'gemini-2.5-flash')
      const again = format.formatRequest(format.parseRequest(plain, context), context)
      const missing = addedLeaves(simplify(again.body), simplify(plain)).map(
        ({ path, value }) => `${path}=${String(value)}`,
      )
      expect(missing.filter((place) => !meansNothing.test(place))).toEqual([])
      expect(again.warnings).toEqual([])
    })
    fc.assert(property, { numRuns: 300, seed: 1 })
  })
})
