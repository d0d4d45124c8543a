import type {
  LanguageModelV4CallOptions,
  LanguageModelV4Content,
  LanguageModelV4StreamPart,
  LanguageModelV4ToolResultOutput,
} from '@ai-sdk/provider'
import { describe, expect, test } from 'vitest'
import { hello } from './__fixtures__/chat-model.ts'
import { fakeBinding, type FakeAnswer } from './__fixtures__/fake-binding.ts'
import { publishedModels, type PublishedModels } from './__fixtures__/published.ts'
import { collect, joinDeltas, sse, streamOf } from './__fixtures__/streams.ts'
import { createWorkersAIModels } from './create-workers-ai-models.ts'

const gateway = { id: 'g', cacheTtl: 60 }
const llama = '@cf/meta/llama-3.3-70b-instruct-fp8-fast'

interface Outcome {
  result: unknown
  /** As JSON, where `undefined` is nothing. */
  asked: { model: string; inputs: unknown; gateway: unknown; extraHeaders: unknown }[]
}

async function outcomeOf(
  use: (models: PublishedModels) => Promise<unknown>,
  answer: FakeAnswer,
  make: (binding: ReturnType<typeof fakeBinding>['binding']) => Promise<PublishedModels> | PublishedModels,
): Promise<Outcome> {
  const { binding, runs } = fakeBinding(answer)
  const result = await use(await make(binding))
  const asked = runs.map(({ model, inputs, options }) => ({
    model,
    inputs: JSON.parse(JSON.stringify(inputs)),
    gateway: options.gateway,
    extraHeaders: options.extraHeaders,
  }))
  return { result, asked }
}

/** What our models do with a call, and what those of workers-ai-provider do. */
async function both(use: (models: PublishedModels) => Promise<unknown>, answer: FakeAnswer) {
  const ours = await outcomeOf(use, answer, (binding) => createWorkersAIModels({ binding, gateway }))
  const theirs = await outcomeOf(use, answer, (binding) => publishedModels(binding, gateway))
  return { ours, theirs }
}

const tools: LanguageModelV4CallOptions['tools'] = [
  { type: 'function', name: 'now', description: 'The time.', inputSchema: { type: 'object', properties: {} } },
]
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47])
const output: LanguageModelV4ToolResultOutput = { type: 'json', value: { h: 12 } }

const calls: [string, Partial<LanguageModelV4CallOptions>, object?][] = [
  ['a prompt', {}],
  ['sampling', { maxOutputTokens: 9, temperature: 0.1, topP: 0.9 }],
  ['reasoning', { reasoning: 'minimal' }],
  ['reasoning that the call sets', { providerOptions: { 'workers-ai': { reasoning_effort: null } } }],
  ['settings', {}, { reasoning_effort: 'low', chat_template_kwargs: { enable_thinking: false }, sessionAffinity: 's' }],
  ['tools', { tools, toolChoice: { type: 'auto' } }],
  ['a forced tool', { tools, toolChoice: { type: 'tool', toolName: 'now' } }],
  ['a schema', { responseFormat: { type: 'json', schema: { type: 'object' }, name: 'n', description: 'd' } }],
  [
    'a conversation with tools',
    {
      prompt: [
        { role: 'system', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'a' },
            { type: 'text', text: 'b' },
          ],
        },
        {
          role: 'assistant',
          content: [
            { type: 'reasoning', text: 'Hm.' },
            { type: 'text', text: 'Wait.' },
            { type: 'tool-call', toolCallId: 'c::cf-wai-tool-call::x', toolName: 'now', input: { tz: 'UTC' } },
          ],
        },
        {
          role: 'tool',
          content: [{ type: 'tool-result', toolCallId: 'c::cf-wai-tool-call::x', toolName: 'now', output }],
        },
      ],
    },
  ],
  [
    'an image',
    {
      prompt: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'See:' },
            { type: 'file', mediaType: 'image/png', data: { type: 'data', data: png } },
          ],
        },
      ],
    },
  ],
]

describe('chat sends what workers-ai-provider sends', () => {
  test.each(calls)('for %s', async (_, options, settings) => {
    const use = async (models: PublishedModels) =>
      models.chat(llama, settings).doGenerate({ prompt: hello, ...options })
    const { ours, theirs } = await both(use, { response: 'Hello' })
    expect(ours.asked).toEqual(theirs.asked)
  })

  test.each(calls)('in a stream for %s', async (_, options, settings) => {
    const use = async (models: PublishedModels) => {
      const { stream } = await models.chat(llama, settings).doStream({ prompt: hello, ...options })
      return collect(stream)
    }
    const { ours, theirs } = await both(use, () => streamOf(sse({ response: 'Hello' }, '[DONE]')))
    expect(ours.asked).toEqual(theirs.asked)
  })
})

/** Ids are random, and ours has no empty text. */
function toComparable(content: readonly (LanguageModelV4Content | LanguageModelV4StreamPart)[]) {
  const ids = new Map<string, string>()
  const known = (id: string) => ids.get(id) ?? ids.set(id, `id${ids.size}`).get(id)
  return content
    .filter((part) => !(part.type === 'text' && part.text === '') && part.type !== 'response-metadata')
    .map((part) => {
      if (part.type === 'finish') return { finish: part.finishReason.unified, total: part.usage.inputTokens.total }
      if ('toolCallId' in part) return { ...part, toolCallId: known(part.toolCallId) }
      return 'id' in part ? { ...part, id: known(part.id) } : part
    })
}

describe('chat reads what workers-ai-provider reads', () => {
  const usage = { prompt_tokens: 3, completion_tokens: 2 }
  test.each([
    ['native text', { response: 'Hello', usage }],
    ['native calls', { response: null, tool_calls: [{ name: 'now', arguments: { a: 1 } }], usage }],
    ['an object', { response: { a: 1 }, usage }],
    [
      'a completion',
      { choices: [{ message: { content: 'Hello', reasoning_content: 'Hm.' }, finish_reason: 'length' }], usage },
    ],
    [
      'calls of a completion',
      {
        choices: [
          {
            message: {
              content: null,
              tool_calls: [{ id: 'c', type: 'function', function: { name: 'now', arguments: '{}' } }],
            },
            finish_reason: 'tool_calls',
          },
        ],
        usage,
      },
    ],
  ])('in %s', async (_, answer) => {
    const { ours, theirs } = await both(async ({ chat }) => {
      const { content } = await chat(llama).doGenerate({ prompt: hello })
      return toComparable(content)
    }, answer)
    expect(ours.result).toEqual(theirs.result)
  })

  const piece = (fields: object) => ({ choices: [{ delta: { tool_calls: [fields] } }] })
  test.each([
    ['native text', [{ response: 'Hel' }, { response: 'lo' }, { response: '', usage }]],
    [
      'a completion with thoughts',
      [
        { choices: [{ delta: { reasoning_content: 'Hm.' } }] },
        { choices: [{ delta: { content: 'Hello' } }] },
        { choices: [{ delta: {}, finish_reason: 'stop' }], usage },
      ],
    ],
    [
      'calls one after the other',
      [
        piece({ index: 0, id: 'a', function: { name: 'now', arguments: '' } }),
        piece({ index: 0, function: { arguments: '{"a":1}' } }),
        piece({ index: 1, id: 'b', function: { name: 'now', arguments: '{}' } }),
        piece({ id: null, function: { name: null, arguments: '' } }),
        { choices: [{ delta: {}, finish_reason: 'tool_calls' }], usage },
      ],
    ],
  ])('in a stream of %s', async (_, events) => {
    const { ours, theirs } = await both(
      async ({ chat }) => {
        const { stream } = await chat(llama).doStream({ prompt: hello })
        return toComparable(joinDeltas(await collect(stream)))
      },
      () => streamOf(sse(...events, '[DONE]')),
    )
    expect(ours.result).toEqual(theirs.result)
  })
})

describe('the other models send what workers-ai-provider sends', () => {
  const nothing = { size: undefined, aspectRatio: undefined, seed: undefined, files: undefined, mask: undefined }
  const audio = new Uint8Array([1, 2, 3])
  const uses: [string, (models: PublishedModels) => PromiseLike<unknown>, FakeAnswer][] = [
    [
      'embedding',
      ({ embedding }) => embedding('@cf/baai/bge-m3').doEmbed({ values: ['a', 'b'] }),
      { data: [[1], [2]] },
    ],
    [
      'image',
      ({ image }) => image(llama).doGenerate({ ...nothing, prompt: 'x', n: 2, size: '64x32', providerOptions: {} }),
      audio,
    ],
    [
      'Whisper',
      ({ transcription }) =>
        transcription('@cf/openai/whisper', { language: 'en' }).doGenerate({ audio, mediaType: 'audio/wav' }),
      { text: 'x' },
    ],
    [
      'turbo',
      ({ transcription }) =>
        transcription('@cf/openai/whisper-large-v3-turbo', { prompt: 'gw' }).doGenerate({
          audio,
          mediaType: 'audio/wav',
        }),
      { text: 'x' },
    ],
    [
      'nova-3',
      ({ transcription }) => transcription('@cf/deepgram/nova-3').doGenerate({ audio, mediaType: 'audio/wav' }),
      { results: { channels: [] } },
    ],
    ['speech', ({ speech }) => speech('@cf/deepgram/aura-1').doGenerate({ text: 'x', speed: 1.1 }), audio],
    [
      'reranking',
      ({ reranking }) =>
        reranking('@cf/baai/bge-reranker-base').doRerank({
          query: 'q',
          documents: { type: 'text', values: ['a'] },
          topN: 1,
        }),
      { response: [{ id: 0, score: 1 }] },
    ],
  ]

  test.each(uses)('for %s', async (_, use, answer) => {
    const { ours, theirs } = await both(async (models) => use(models), answer)
    expect(ours.asked).toEqual(theirs.asked)
    expect(ours.asked[0]?.gateway).toEqual(gateway)
  })
})

test('names and kinds are those of workers-ai-provider', async () => {
  const { binding } = fakeBinding(null)
  const ours: PublishedModels = createWorkersAIModels({ binding })
  const theirs = await publishedModels(binding)
  const describeAll = (models: PublishedModels) =>
    (['chat', 'embedding', 'image', 'transcription', 'speech', 'reranking'] as const).map((kind) => {
      const { provider, modelId, specificationVersion } = models[kind]('@cf/a/b')
      return { provider, modelId, specificationVersion }
    })
  expect(describeAll(ours)).toEqual(describeAll(theirs))
})
