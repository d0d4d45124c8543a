import { describe, expect, test } from 'vitest'
import { bearer } from './auth.ts'
import { openaiCompatible } from './openai-compatible.ts'
import { defineProvider, type Provider } from './provider.ts'
import { testProvider, type ProviderFixture } from './testing.ts'
import { callerFormats } from './testing/caller-formats.ts'
import type { StreamItem } from './wire-format.ts'
import { openaiChat } from './wire/openai-chat.ts'

const hello: ProviderFixture = {
  name: 'says hello',
  streaming: false,
  body: {
    id: 'c1',
    choices: [{ message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 },
  },
  expect: { text: 'Hello', finishReason: 'stop', usage: { input: 3, output: 1 } },
}
const stream: ProviderFixture = {
  name: 'streams hello',
  streaming: true,
  sse:
    'data: {"id":"c1","choices":[{"index":0,"delta":{"content":"Hel"}}]}\n\n' +
    'data: {"id":"c1","choices":[{"index":0,"delta":{"content":"lo"}}]}\n\n' +
    'data: {"id":"c1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n',
  expect: { text: 'Hello' },
}
const acme = openaiCompatible({ id: 'acme', baseURL: 'https://api.acme.ai/v1' })

/** What `testProvider` finds wrong, by the titles of its tests. */
function failuresOf(provider: Provider, fixtures: readonly ProviderFixture[]): string[] {
  const failures: string[] = []
  const run = (name: string, body: () => void): void => {
    try {
      body()
    } catch (error) {
      failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  testProvider(provider, fixtures, { test: run, expect })
  return failures
}

/** A dialect that says its chunks as `change` leaves them. */
function withChunks(change: (items: StreamItem[]) => StreamItem[]): Provider {
  const createDecoder: typeof openaiChat.createDecoder = (context) => {
    const decoder = openaiChat.createDecoder(context)
    return {
      push: (event) => change(decoder.push(event)),
      end: () => change(decoder.end()),
      get finished() {
        return decoder.finished
      },
    }
  }
  return { ...acme, wire: { ...openaiChat, createDecoder } }
}

describe('a provider of a stranger, in one file', () => {
  const rejected = { message: 'You are out of acorns.', code: 'no_acorns' }
  const stranger = defineProvider({
    id: 'stranger',
    origin: 'https://api.stranger.dev',
    basePath: '/v1',
    auth: bearer(),
    envKeys: ['STRANGER_API_KEY'],
    billing: 'byok',
    wire: openaiChat,
    classify: ({ code }) => (code === 'no_acorns' ? 'quota_exceeded' : undefined),
    repair: ({ answer, ...body }) =>
      answer === undefined ? body : { ...body, choices: [{ message: { content: answer } }] },
  })
  const fixtures: ProviderFixture[] = [
    stream,
    {
      name: 'in its own shape',
      streaming: false,
      body: { answer: 'Hello' },
      expect: { text: 'Hello', finishReason: 'stop' },
    },
    {
      name: 'an error of its own',
      streaming: false,
      status: 400,
      body: { error: rejected },
      expect: { error: { type: 'quota_exceeded', status: 400 } },
    },
  ]

  testProvider(stranger, fixtures, { test, expect })
})

describe('testProvider', () => {
  test('is content with a good provider', () => {
    expect(failuresOf(acme, [hello, stream])).toEqual([])
  })

  test('needs a chat dialect', () => {
    const { wire: _, ...silent } = acme
    expect(() => failuresOf(silent, [])).toThrow(new TypeError('Provider "acme" has no chat dialect to test.'))
  })

  test('finds a fact that is not so', () => {
    const [failure] = failuresOf(acme, [{ ...hello, expect: { text: 'Goodbye' } }])
    expect(failure).toMatch(/^acme answers: says hello: /)
  })

  test('finds an error taken for another', () => {
    const body = { error: { message: 'No.' } }
    const wrong = {
      name: 'x',
      streaming: false,
      status: 400,
      body,
      expect: { error: { type: 'auth' as const, status: 400 } },
    }
    expect(failuresOf(acme, [wrong])).toHaveLength(1)
  })

  test('finds a hole in a request', () => {
    const leaky: Provider = { ...acme, encode: (body) => ({ ...body, user: undefined }) }
    const failures = failuresOf(leaky, [])
    expect(failures).toHaveLength(callerFormats.length)
    expect(failures[0]).toContain('`body.user` is undefined')
  })

  test('finds usage that does not add up', () => {
    const usage = { prompt_tokens: 3, completion_tokens: 1, total_tokens: 2 }
    const [failure] = failuresOf(acme, [
      { ...hello, body: { ...JSON.parse(JSON.stringify(hello.body)), usage }, expect: {} },
    ])
    expect(failure).toContain('Usage does not add up')
  })

  test('finds arguments that are no JSON', () => {
    const call = { id: 'a', function: { name: 'f', arguments: '{"a":' } }
    const body = { choices: [{ message: { tool_calls: [call] }, finish_reason: 'tool_calls' }] }
    expect(failuresOf(acme, [{ ...hello, body, expect: {} }])[0]).toContain('arguments of `f` are no JSON object')
  })

  test.each<[string, (items: StreamItem[]) => StreamItem[]]>([
    ['has no role', (items) => items.map((item) => mapDelta(item, ({ role: _, ...delta }) => delta))],
    [
      'finish reasons: one is right',
      (items) => items.flatMap((item): StreamItem[] => (isEnd(item) ? [item, item] : [item])),
    ],
    ['no chunks', () => []],
    [
      'must be the same in each chunk',
      (items) => items.map((item) => (isEnd(item) ? { ...item, chunk: { ...item.chunk, id: 'other' } } : item)),
    ],
  ])('finds a stream that breaks a rule: %s', (message, change) => {
    expect(failuresOf(withChunks(change), [stream])[0]).toContain(message)
  })

  test('finds a decoder that takes a cut stream for a whole one', () => {
    const createDecoder: typeof openaiChat.createDecoder = (context) => ({
      ...openaiChat.createDecoder(context),
      finished: true,
    })
    const hasty = { ...acme, wire: { ...openaiChat, createDecoder } }
    expect(failuresOf(hasty, [stream])[0]).toContain('A stream that was cut counts as complete.')
  })
})

type ChunkItem = Extract<StreamItem, { type: 'chunk' }>
type Delta = ChunkItem['chunk']['choices'][number]['delta']

const isEnd = (item: StreamItem): item is ChunkItem =>
  item.type === 'chunk' && item.chunk.choices.some(({ finish_reason }) => finish_reason !== null)

function mapDelta(item: StreamItem, change: (delta: Delta) => Delta): StreamItem {
  if (item.type === 'error') return item
  const choices = item.chunk.choices.map((choice) => ({ ...choice, delta: change(choice.delta) }))
  return { ...item, chunk: { ...item.chunk, choices } }
}
