import { expect, test } from 'vitest'
import { keysOf } from './keys-of.ts'
import { startGateway } from './start-gateway.ts'

const clouds = { AWS_BEARER_TOKEN_BEDROCK: 'sk-b', GOOGLE_VERTEX_ACCESS_TOKEN: 'ya29.v', OPENAI_API_KEY: 'sk-o' }

/** A gateway whose provider answers what it is told, and what that provider got. */
async function startWith(answer: unknown) {
  const sent: { url: string; body: unknown }[] = []
  const betas: (string | null)[] = []
  const gateway = await startGateway(() => ({
    keyResolver: keysOf({
      ANTHROPIC_API_KEY: 'sk-a',
      GEMINI_API_KEY: 'sk-g',
      MISTRAL_API_KEY: 'sk-m',
      ...clouds,
    }),
    fetch: async (request) => {
      betas.push(request.headers.get('anthropic-beta'))
      sent.push({ url: request.url, body: await request.json() })
      return Response.json(answer)
    },
  }))
  return { gateway, sent, betas }
}

const messages = [{ role: 'user', content: 'How cold is it in Oslo?' }]
const parameters = { type: 'object', properties: { city: { type: 'string' } } }
const anthropicTools = [{ name: 'get_weather', input_schema: parameters }]
const anthropicUrl = 'http://simulator.test/anthropic/v1/messages/count_tokens'
const geminiUrl = 'http://simulator.test/google-ai-studio/v1beta/models/gemini-2.5-flash:countTokens'
const contents = [{ role: 'user', parts: [{ text: 'How cold is it in Oslo?' }] }]

test('Anthropic callers pass to Anthropic unchanged', async () => {
  const answer = { input_tokens: 14, context_management: { original_input_tokens: 14 } }
  const { gateway, sent } = await startWith(answer)
  const body = {
    messages,
    system: 'Be brief.',
    tools: anthropicTools,
    thinking: { type: 'enabled', budget_tokens: 2000 },
  }
  const response = await gateway.post('/v1/messages/count_tokens?beta=true', {
    model: 'anthropic/claude-sonnet-4-5',
    ...body,
  })
  expect(await response.json()).toEqual(answer)
  expect(sent).toEqual([{ url: anthropicUrl, body: { model: 'claude-sonnet-4-5', ...body } }])
  expect(await gateway.rowOf(response)).toMatchObject({ surface: 'count-tokens', success: true, cost_nano_usd: 0 })
})

test('Anthropic callers have Gemini count', async () => {
  const { gateway, sent } = await startWith({ totalTokens: 9 })
  const body = { model: 'google/gemini-2.5-flash', messages, tools: anthropicTools }
  const response = await gateway.post('/v1/messages/count_tokens', body)
  expect(await response.json()).toEqual({ input_tokens: 9 })
  expect(sent[0]).toMatchObject({
    url: geminiUrl,
    body: {
      generateContentRequest: {
        model: 'models/gemini-2.5-flash',
        contents,
        tools: [{ functionDeclarations: [{ name: 'get_weather' }] }],
      },
    },
  })
})

test.each([
  ['plain', { contents }],
  ['whole', { generateContentRequest: { model: 'models/x', contents } }],
])('Gemini callers have Anthropic count a %s request', async (_, body) => {
  const { gateway, sent } = await startWith({ input_tokens: 11 })
  const response = await gateway.post('/v1beta/models/anthropic/claude-sonnet-4-5:countTokens', body)
  expect(await response.json()).toEqual({ totalTokens: 11 })
  expect(sent).toEqual([
    {
      url: anthropicUrl,
      body: {
        model: 'claude-sonnet-4-5',
        messages: [{ role: 'user', content: [{ type: 'text', text: contents[0]?.parts[0]?.text }] }],
      },
    },
  ])
})

test('Gemini callers pass to Gemini unchanged', async () => {
  const answer = { totalTokens: 11, promptTokensDetails: [{ modality: 'TEXT', tokenCount: 11 }] }
  const { gateway, sent } = await startWith(answer)
  const response = await gateway.post('/v1beta/models/google/gemini-2.5-flash:countTokens', { contents })
  expect(await response.json()).toEqual(answer)
  expect(sent).toEqual([{ url: geminiUrl, body: { contents } }])
})

const vertex = 'http://simulator.test/google-vertex-ai/v1/projects/local/locations/global/publishers'

test.each([
  [
    'aws-bedrock/us.amazon.nova-pro-v1:0',
    { inputTokens: 8 },
    'http://simulator.test/aws-bedrock/model/us.amazon.nova-pro-v1%3A0/count-tokens',
    { input: { converse: { messages: [{ role: 'user', content: [{ text: 'How cold is it in Oslo?' }] }] } } },
  ],
  ['vertex/gemini-2.5-flash', { totalTokens: 8 }, `${vertex}/google/models/gemini-2.5-flash:countTokens`, { contents }],
  [
    'vertex/anthropic/claude-sonnet-4-5',
    { input_tokens: 8 },
    `${vertex}/anthropic/models/count-tokens:rawPredict`,
    { model: 'claude-sonnet-4-5', messages },
  ],
  [
    'openai/gpt-5',
    { object: 'response.input_tokens', input_tokens: 8 },
    'http://simulator.test/openai/v1/responses/input_tokens',
    { model: 'gpt-5', input: [{ role: 'user', content: 'How cold is it in Oslo?' }] },
  ],
])('%s counts in its own words', async (model, answer, ...[url, body]) => {
  const { gateway, sent } = await startWith(answer)
  const response = await gateway.post('/v1/messages/count_tokens', { model, messages })
  expect(await response.json()).toEqual({ input_tokens: 8 })
  expect(sent).toMatchObject([{ url, body }])
})

test('Gemini is told its own name of the model, also within a whole request', async () => {
  const { gateway, sent } = await startWith({ totalTokens: 11 })
  const body = { generateContentRequest: { model: 'models/google/gemini-2.5-flash', contents } }
  await (await gateway.post('/v1beta/models/google/gemini-2.5-flash:countTokens', body)).text()
  expect(sent).toEqual([
    { url: geminiUrl, body: { generateContentRequest: { model: 'models/gemini-2.5-flash', contents } } },
  ])
})

test('where the provider cannot count, the answer is an estimate and says so', async () => {
  const { gateway, sent } = await startWith({})
  const response = await gateway.post('/v1/messages/count_tokens', { model: 'mistral/mistral-large', messages })
  // 23 characters, about four to a token.
  expect(await response.json()).toEqual({ input_tokens: 6 })
  expect([response.headers.get('gw-warnings'), sent]).toEqual(['estimated', []])
  expect(await gateway.rowOf(response)).toMatchObject({
    provider: 'mistral',
    success: true,
    cost_nano_usd: 0,
    usage_source: 'reported',
  })
})

test('OpenAI callers have Anthropic count', async () => {
  const { gateway, sent } = await startWith({ input_tokens: 5 })
  const body = { model: 'anthropic/claude-sonnet-4-5', instructions: 'Be brief.', input: 'Hi' }
  const response = await gateway.post('/v1/responses/input_tokens', body)
  expect(await response.json()).toEqual({ object: 'response.input_tokens', input_tokens: 5 })
  expect(sent).toMatchObject([{ url: anthropicUrl, body: { messages: [{ role: 'user' }] } }])
})

test.each([
  ['anthropic/claude-sonnet-4-5', ['context-1m-2025-08-07,made-up'], null],
  ['vertex/anthropic/claude-sonnet-4-5', ['context-1m-2025-08-07'], 'anthropic-beta.made-up'],
  ['google/gemini-2.5-flash', [null], 'anthropic-beta.context-1m-2025-08-07,anthropic-beta.made-up'],
])('%s counts with the betas that it takes', async (model, expected, warnings) => {
  const { gateway, betas } = await startWith({ input_tokens: 5 })
  const headers = { 'anthropic-beta': 'context-1m-2025-08-07, made-up' }
  const response = await gateway.post('/v1/messages/count_tokens', { model, messages }, headers)
  expect([response.status, betas]).toEqual([200, expected])
  expect(response.headers.get('gw-warnings')).toBe(warnings)
})

test.each([
  ['anthropic/claude-sonnet-4-5', 5, 1],
  ['openai/gpt-5', 5, 1],
  // 43 characters and more, about four to a token.
  ['mistral/mistral-large', expect.toSatisfy((tokens: number) => tokens > 10), 0],
])('%s counts the response that a request goes on from', async (model, tokens, calls) => {
  const { gateway, sent } = await startWith({ input_tokens: 5 })
  const input = [{ role: 'user', content: 'The first turn, which is not in the request.' }]
  await gateway.deps.responses?.save('default', { response: { id: `resp_${model}`, output: [] }, input })
  const body = { model, input: 'Hi', previous_response_id: `resp_${model}` }
  const response = await gateway.post('/v1/responses/input_tokens', body)
  expect([response.status, await response.json()]).toMatchObject([200, { input_tokens: tokens }])
  expect(JSON.stringify(sent).split('The first turn')).toHaveLength(calls + 1)
  expect(JSON.stringify(sent)).not.toContain('previous_response_id')
})

test('a count that goes on from an unknown response is refused', async () => {
  const { gateway, sent } = await startWith({ input_tokens: 5 })
  const body = { model: 'anthropic/claude-sonnet-4-5', input: 'Hi', previous_response_id: 'resp_unknown' }
  const response = await gateway.post('/v1/responses/input_tokens', body)
  expect([response.status, await response.json(), sent]).toMatchObject([
    400,
    { error: { param: 'previous_response_id' } },
    [],
  ])
})

test.each([
  [{ model: 'anthropic/x' }, /`messages` must be/],
  [{ messages }, /No model named/],
  [{ model: 'mistral/x', messages: [{ role: 'user', content: 7 }] }, /content/],
])('%j is refused in Anthropic’s words', async (body, message) => {
  const { gateway } = await startWith({})
  const response = await gateway.post('/v1/messages/count_tokens', body)
  expect([response.status, await response.json()]).toEqual([
    400,
    expect.objectContaining({
      type: 'error',
      error: expect.objectContaining({ type: 'invalid_request_error', message: expect.stringMatching(message) }),
    }),
  ])
})
