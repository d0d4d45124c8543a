import { createOpenAI } from '@ai-sdk/openai'
import { generateText, jsonSchema, stepCountIs, streamText, tool, type ModelMessage } from 'ai'
import OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { gatewayKey, gatewayUrl, rowOf, uniqueWord, upstreamRequests } from './gateway-under-test.ts'

const models = [
  'openai/gpt-5-mini',
  'anthropic/claude-sonnet-4-5',
  'google-ai-studio/gemini-2.5-flash',
  'workers-ai/@cf/openai/gpt-oss-20b',
  'cohere/command-a-reasoning-08-2025',
]
const baseURL = `${gatewayUrl}/v1`
const schema = { type: 'object' as const, properties: { city: { type: 'string' as const } }, required: ['city'] }

const sentBody = z.object({ input: z.array(z.looseObject({ type: z.string().optional() })) })

/** A provider of the AI SDK whose requests a test can read: the types of their items. */
function recordingProvider() {
  const sent: (string | undefined)[][] = []
  const provider = createOpenAI({
    baseURL,
    apiKey: gatewayKey,
    fetch: async (url, init) => {
      sent.push(sentBody.parse(JSON.parse(String(init?.body))).input.map(({ type }) => type))
      return fetch(url, init)
    },
  })
  return { provider, sent }
}

const tools = (told: string) => ({
  get_weather: tool({ description: 'Weather of a city', inputSchema: jsonSchema(schema), execute: async () => told }),
})
const providerOptions = { openai: { reasoningEffort: 'low', forceReasoning: true } }

describe.concurrent.each(models)('%s', (model) => {
  test('the AI SDK goes on with references to what is kept', async () => {
    const word = uniqueWord()
    const { provider, sent } = recordingProvider()
    const question: ModelMessage[] = [{ role: 'user', content: `call get_weather ${word}` }]
    const settings = { model: provider(model), tools: tools('Sunny.'), providerOptions, maxRetries: 0 }
    const first = await generateText({ ...settings, messages: question, stopWhen: stepCountIs(2) })
    expect(first.text).toMatch(/^The tool said: .*Sunny\./)
    const next: ModelMessage = { role: 'user', content: `hello ${word}` }
    const messages = [...question, ...first.responseMessages, next]
    expect((await generateText({ ...settings, messages })).text).toBe(`You said: hello ${word}`)

    // The thought before the call; then what was said after it, too.
    const [, second = [], third = []] = sent
    const countOf = (types: (string | undefined)[]) => types.filter((type) => type === 'item_reference').length
    expect(countOf(second)).toBeGreaterThanOrEqual(1)
    expect(countOf(third)).toBeGreaterThan(countOf(second))
    const reached = await upstreamRequests(word)
    expect(reached.map(({ status }) => status)).toEqual([200, 200, 200])
  })

  test('the AI SDK goes on with references in streams', async () => {
    const word = uniqueWord()
    const { provider, sent } = recordingProvider()
    const result = streamText({
      model: provider(model),
      messages: [{ role: 'user', content: `call get_weather ${word}` }],
      tools: tools('Rainy.'),
      providerOptions,
      stopWhen: stepCountIs(2),
      maxRetries: 0,
    })
    expect(await result.text).toMatch(/^The tool said: .*Rainy\./)
    expect(sent[1]).toContain('item_reference')
  })

  test('the openai SDK goes on from an earlier response', async () => {
    const word = uniqueWord()
    const client = new OpenAI({ apiKey: gatewayKey, baseURL, maxRetries: 0 })
    const parameters = {
      model,
      instructions: 'Be brief.',
      tools: [{ type: 'function' as const, name: 'get_weather', parameters: schema, strict: false }],
    }
    const first = await client.responses.create({ ...parameters, input: `call get_weather ${word}` })
    const call = first.output.find((item) => item.type === 'function_call')
    const output = { type: 'function_call_output' as const, call_id: call?.call_id ?? '', output: `Windy ${word}.` }
    const second = await client.responses
      .stream({ ...parameters, input: [output], previous_response_id: first.id })
      .finalResponse()
    expect(second.output_text).toMatch(new RegExp(`^The tool said: .*Windy ${word}\\.`))
    const { data: third, response } = await client.responses
      .create({ ...parameters, input: `hello ${word}`, previous_response_id: second.id })
      .withResponse()
    expect(third.output_text).toBe(`You said: hello ${word}`)
    // Instructions 2, tool 1; three words, the call of 2, the result of 2, "The tool said: Windy w." 5, two words.
    // Gemini's result is `{"output":"Windy w."}`, which is said again whole.
    expect(third.usage?.input_tokens).toBe(2 + 1 + 3 + 2 + 2 + 5 + 2)
    expect(await rowOf(response.headers.get('cf-aig-log-id'))).toMatchObject({
      surface: 'responses',
      success: true,
      usage: { output: 4 },
    })
  })
})
