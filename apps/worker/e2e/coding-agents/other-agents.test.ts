import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { dynamicTool, jsonSchema, stepCountIs, streamText, type LanguageModel } from 'ai'
import OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import { gatewayKey, gatewayUrl, rowsMarked, uniqueWord, upstreamRequests } from '../gateway-under-test.ts'
import { agentTools, instructions } from './agent-tools.ts'

const upstreams = [
  { provider: 'openai', model: 'gpt-4o-mini' },
  { provider: 'anthropic', model: 'claude-sonnet-4-5' },
  { provider: 'google-ai-studio', model: 'gemini-3-pro-preview' },
]
const baseURL = `${gatewayUrl}/v1`

interface Sdk {
  name: string
  modelOf(id: string, headers: Record<string, string>): LanguageModel
}

/** How opencode reaches a provider of its list. */
const sdks: readonly Sdk[] = [
  {
    name: 'openai-compatible',
    modelOf: (id, headers) =>
      createOpenAICompatible({ name: 'gw', baseURL, apiKey: gatewayKey, headers, includeUsage: true })(id),
  },
  {
    name: 'anthropic',
    modelOf: (id, headers) => createAnthropic({ baseURL, apiKey: gatewayKey, headers })(id),
  },
]

const pairs = sdks.flatMap((sdk) => upstreams.map((upstream) => ({ ...upstream, sdk })))

/** Put on the prompt and the last turn, for Claude alone. */
const breakpoint = {
  anthropic: { cacheControl: { type: 'ephemeral' } },
  openaiCompatible: { cache_control: { type: 'ephemeral' } },
}

/** Its tools have lower-case names. */
const tools = Object.fromEntries(
  agentTools.map(({ name, description, schema }) => [
    name.toLowerCase(),
    dynamicTool({ description, inputSchema: jsonSchema(schema), execute: async () => `${name} is fine` }),
  ]),
)

describe.concurrent.each(pairs)('opencode by $sdk.name · $provider', ({ sdk, provider, model }) => {
  test('calls, results and an answer, streamed', async () => {
    const word = uniqueWord()
    const headers = { 'cf-aig-metadata': JSON.stringify({ mark: word }), 'user-agent': 'opencode/1.0.0' }
    const errors: unknown[] = []
    const marks = model.startsWith('claude') ? { providerOptions: breakpoint } : {}
    const result = streamText({
      model: sdk.modelOf(`${provider}/${model}`, headers),
      maxRetries: 0,
      temperature: 0,
      system: { role: 'system', content: instructions, ...marks },
      messages: [{ role: 'user', content: [{ type: 'text', text: `call read and bash ${word}`, ...marks }] }],
      tools,
      stopWhen: stepCountIs(2),
      onError: ({ error }) => void errors.push(error),
    })
    const [first, last] = await result.steps
    expect(errors).toEqual([])
    expect(first?.toolCalls.map(({ toolName }) => toolName)).toEqual(['read', 'bash'])
    expect([first?.finishReason, last?.finishReason]).toEqual(['tool-calls', 'stop'])
    expect(last?.text).toMatch(/^The tool said: .*Read is fine.*; .*Bash is fine/)
    const reached = await upstreamRequests(word)
    expect(reached.map(({ provider: by, status }) => [by, status])).toEqual([
      [provider, 200],
      [provider, 200],
    ])
    const breakpoints = JSON.stringify(reached[0]?.body).match(/"cache_control":\{"type":"ephemeral"\}/g) ?? []
    expect(breakpoints).toHaveLength(provider === 'anthropic' ? 2 : 0)
    expect((await rowsMarked(word, 2)).map(({ success }) => success)).toEqual([true, true])
  })
})

const reply = '```diff\n- a\n+ b\n```'

/** Agents that have no tools but text: what is to be done stands in the instructions. */
const chats = [
  {
    name: 'aider',
    messages: (word: string): OpenAI.ChatCompletionMessageParam[] => [
      { role: 'system', content: instructions },
      { role: 'user', content: 'Change a to b.' },
      { role: 'assistant', content: reply },
      { role: 'user', content: 'I applied it.' },
      { role: 'assistant', content: 'Ok.' },
      { role: 'user', content: `hello ${word}` },
    ],
  },
  {
    name: 'Cline',
    messages: (word: string): OpenAI.ChatCompletionMessageParam[] => [
      { role: 'system', content: instructions },
      {
        role: 'user',
        content: [
          { type: 'text', text: '<task>Change a to b.</task>' },
          { type: 'text', text: '<environment_details>a.txt</environment_details>' },
        ],
      },
      { role: 'assistant', content: `<thinking>Easy.</thinking>\n${reply}` },
      { role: 'user', content: [{ type: 'text', text: `hello ${word}` }] },
    ],
  },
]

const chatPairs = chats.flatMap((chat) => upstreams.map((upstream) => ({ ...upstream, ...chat })))

test.concurrent.each(chatPairs)('$name · $provider', async ({ messages, provider, model }) => {
  const word = uniqueWord()
  const client = new OpenAI({
    apiKey: gatewayKey,
    baseURL,
    maxRetries: 0,
    defaultHeaders: { 'cf-aig-metadata': JSON.stringify({ mark: word }) },
  })
  const running = client.chat.completions.stream({
    model: `${provider}/${model}`,
    messages: messages(word),
    temperature: 0,
    stream_options: { include_usage: true },
  })
  const { choices, usage } = await running.finalChatCompletion()
  expect(choices[0]?.message.content).toBe(`You said: hello ${word}`)
  expect(usage?.completion_tokens).toBe(4)
  const [request, ...others] = await upstreamRequests(word)
  expect([request?.provider, request?.status, others]).toEqual([provider, 200, []])
  expect(JSON.stringify(request?.body)).toContain('Rule 400: keep changes small')
  expect(await rowsMarked(word)).toMatchObject([{ success: true, stream: true, usage_source: 'reported' }])
})
