import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../json.ts'
import { testProvider, type ProviderFixture } from '../testing.ts'
import { speaking } from './__fixtures__/speaking.ts'
import { baseten } from './baseten.ts'
import { cerebras } from './cerebras.ts'
import { fireworks } from './fireworks.ts'
import { googleVertexAI } from './google-vertex-ai.ts'
import { lmstudio, ollama, vllm } from './local-servers.ts'
import { perplexityAI } from './perplexity-ai.ts'
import { together } from './together.ts'

/** Shapes that the vendors document and of which there are no recordings. */
function chunks(...choices: JsonObject[]): string {
  const head = { id: 'c1', object: 'chat.completion.chunk', created: 1_760_000_000, model: 'm' }
  return choices
    .map((choice) => `data: ${JSON.stringify({ ...head, choices: [{ index: 0, ...choice }] })}\n\n`)
    .join('')
}

const usage = { prompt_tokens: 12, completion_tokens: 5, total_tokens: 17 }
const usageEvent = (fields: JsonObject = {}): string =>
  `data: ${JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', created: 1_760_000_000, model: 'm', choices: [], usage: { ...usage, ...fields } })}\n\n`
const done = 'data: [DONE]\n\n'
const end = (finish_reason: string): JsonObject => ({ delta: {}, finish_reason })
const call = (fields: JsonObject): JsonObject => ({ delta: { tool_calls: [{ index: 0, ...fields }] } })
const weather = { name: 'get_weather', arguments: { city: 'Oslo' } }

const plain: ProviderFixture = {
  name: 'text and usage',
  streaming: true,
  sse:
    chunks({ delta: { role: 'assistant', content: 'Hel' } }, { delta: { content: 'lo' } }, end('stop')) +
    usageEvent() +
    done,
  expect: { text: 'Hello', toolCalls: [], finishReason: 'stop', usage: { input: 12, output: 5 } },
}
const tools: ProviderFixture = {
  name: 'a call in pieces',
  streaming: true,
  sse:
    chunks(
      { delta: { role: 'assistant', content: null } },
      call({ id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '' } }),
      call({ function: { arguments: '{"city":' } }),
      call({ function: { arguments: '"Oslo"}' } }),
      end('tool_calls'),
    ) +
    usageEvent() +
    done,
  expect: { text: '', toolCalls: [weather], finishReason: 'tool_calls', usage: { input: 12, output: 5 } },
}
const reasoning: ProviderFixture = {
  name: 'reasoning under its short name',
  streaming: true,
  sse:
    chunks(
      { delta: { role: 'assistant', reasoning: 'Hm' } },
      { delta: { reasoning: '.' } },
      { delta: { content: 'Hi' } },
      end('stop'),
    ) +
    usageEvent({ completion_tokens_details: { reasoning_tokens: 3 } }) +
    done,
  expect: { text: 'Hi', reasoning: 'Hm.', finishReason: 'stop', usage: { input: 12, output: 5, reasoning: 3 } },
}
const failure = (
  name: string,
  status: number,
  answer: {
    body: JsonObject | string
    type: 'auth' | 'invalid_request' | 'model_not_found' | 'rate_limit' | 'upstream_error'
  },
): ProviderFixture => ({
  name,
  streaming: false,
  status,
  body: answer.body,
  expect: { error: { type: answer.type, status } },
})

const gateway = failure('an HTML page', 502, { body: '<html><h1>502 Bad Gateway</h1></html>', type: 'upstream_error' })

testProvider(
  fireworks,
  [
    plain,
    tools,
    {
      name: 'usage in the last chunk of the choice, and reasoning_content',
      streaming: true,
      sse:
        chunks({ delta: { role: 'assistant', reasoning_content: 'Hm.' } }, { delta: { content: 'Hi' } }) +
        `data: ${JSON.stringify({ id: 'c1', created: 1_760_000_000, model: 'm', choices: [{ index: 0, ...end('length') }], usage })}\n\n` +
        done,
      expect: { text: 'Hi', reasoning: 'Hm.', finishReason: 'length', usage: { input: 12, output: 5 } },
    },
    {
      name: 'a whole answer',
      streaming: false,
      body: {
        id: 'c1',
        created: 1,
        model: 'm',
        choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' }],
        usage,
      },
      expect: { text: 'Hi', finishReason: 'stop', usage: { input: 12, output: 5 } },
    },
    failure('an unknown model', 404, {
      body: {
        error: {
          object: 'error',
          type: 'invalid_request_error',
          code: 'NOT_FOUND',
          message: 'Model not found, inaccessible, and/or not deployed',
        },
      },
      type: 'model_not_found',
    }),
    failure('a bad key', 401, { body: { error: 'unauthorized' }, type: 'auth' }),
    gateway,
  ],
  { test, expect },
)

testProvider(
  cerebras,
  [
    plain,
    tools,
    reasoning,
    failure('a flat error', 400, {
      body: {
        message: 'temperature must be at most 1.5',
        type: 'invalid_request_error',
        param: 'temperature',
        code: 'wrong_api_format',
      },
      type: 'invalid_request',
    }),
    failure('a rate limit', 429, {
      body: {
        message: 'Requests per minute limit exceeded',
        type: 'too_many_requests_error',
        param: 'quota',
        code: 'request_quota_exceeded',
      },
      type: 'rate_limit',
    }),
    failure('an unknown model', 404, {
      body: {
        message: 'Model x does not exist or you do not have access to it.',
        type: 'not_found_error',
        param: 'model',
        code: 'model_not_found',
      },
      type: 'model_not_found',
    }),
  ],
  { test, expect },
)

testProvider(
  together,
  [
    tools,
    reasoning,
    {
      name: 'eos, and text beside the delta',
      streaming: true,
      sse:
        chunks(
          { text: 'Hel', delta: { token_id: 1, role: 'assistant', content: 'Hel' }, finish_reason: null },
          { text: 'lo', delta: { token_id: 2, role: 'assistant', content: 'lo' }, finish_reason: null },
          { text: '', delta: { token_id: 3, role: 'assistant', content: '' }, finish_reason: 'eos' },
        ) +
        usageEvent() +
        done,
      expect: { text: 'Hello', finishReason: 'stop', usage: { input: 12, output: 5 } },
    },
    gateway,
  ],
  { test, expect },
)

testProvider(perplexityAI, [{ ...plain, name: 'text without [DONE]', sse: plain.sse?.replace(done, '') ?? '' }], {
  test,
  expect,
})

testProvider(
  lmstudio,
  [
    plain,
    tools,
    failure('a bare string', 400, { body: { error: "'messages' field is required" }, type: 'invalid_request' }),
  ],
  { test, expect },
)
testProvider(
  ollama,
  [
    plain,
    reasoning,
    {
      name: 'a whole call in one delta, the role in each',
      streaming: true,
      sse:
        chunks(
          {
            delta: {
              role: 'assistant',
              content: '',
              tool_calls: [
                {
                  id: 'call_1',
                  index: 0,
                  type: 'function',
                  function: { name: 'get_weather', arguments: '{"city":"Oslo"}' },
                },
              ],
            },
          },
          { delta: { role: 'assistant', content: '' }, finish_reason: 'tool_calls' },
        ) + done,
      expect: { toolCalls: [weather], finishReason: 'tool_calls' },
    },
  ],
  { test, expect },
)
testProvider(speaking(googleVertexAI, 'meta/llama-4-scout-17b-16e-instruct-maas'), [plain, tools], { test, expect })
testProvider(speaking(googleVertexAI, 'mistralai/codestral-2'), [plain, tools], { test, expect })
testProvider(speaking(baseten, 'abcd1234'), [plain, tools], { test, expect })
testProvider(
  vllm,
  [
    tools,
    {
      ...plain,
      name: 'usage with each chunk',
      sse: (plain.sse ?? '').replaceAll(
        '"model":"m","choices":[{',
        '"model":"m","usage":{"prompt_tokens":12,"completion_tokens":1,"total_tokens":13},"choices":[{',
      ),
    },
    failure('an old flat error', 404, {
      body: {
        object: 'error',
        message: 'The model `x` does not exist.',
        type: 'NotFoundError',
        param: null,
        code: 404,
      },
      type: 'model_not_found',
    }),
  ],
  { test, expect },
)

describe('what a vendor calls the limit of an answer', () => {
  test.each([
    [fireworks, 'max_tokens'],
    [together, 'max_tokens'],
    [perplexityAI, 'max_tokens'],
    [cerebras, 'max_completion_tokens'],
  ])('is the only name that it gets', ({ encode }, name) => {
    expect(encode?.({ max_completion_tokens: 5 })).toEqual({ [name]: 5 })
    expect(encode?.({ max_tokens: 5 })).toEqual({ [name]: 5 })
    expect(encode?.({ model: 'm' })).toEqual({ model: 'm' })
  })
})
