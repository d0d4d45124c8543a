import { findEntry, toNativeUrl } from '@gw/adapters/registry'
import { createSimulator } from '@gw/simulator'
import { generateObject, generateText, stepCountIs, streamText, tool } from 'ai'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { createFakeGateway } from './__fixtures__/fake-gateway.ts'
import { createAiGateway } from './index.ts'
import { createAnthropic } from './providers/anthropic.ts'
import { createCohere } from './providers/cohere.ts'
import { createGoogleGenerativeAI } from './providers/google.ts'
import { createGroq } from './providers/groq.ts'
import { createOpenAI } from './providers/openai.ts'

/** A gateway whose providers are played by the simulator. */
function setUp() {
  const simulator = createSimulator({ seed: 'a' })
  const fake = createFakeGateway(({ entries, signal }, step) => {
    const { provider = '', endpoint = '', headers = {}, query = {} } = entries[step] ?? {}
    const entry = findEntry(provider)
    const { pathname, search } = new URL((entry && toNativeUrl(entry, endpoint)) ?? 'https://none.test')
    const body = JSON.stringify(query)
    return simulator.fetch(
      new Request(`https://sim.test/${provider}${pathname}${search}`, {
        method: 'POST',
        headers,
        body,
        signal: signal ?? null,
      }),
    )
  })
  return { simulator, gateway: createAiGateway({ accountId: 'acc', gateway: 'gw', fetch: fake.fetch }) }
}

const apiKey = 'sk-test'
const models = [
  ['openai chat', createOpenAI({ apiKey }).chat('gpt-4o')],
  ['anthropic', createAnthropic({ apiKey })('claude-sonnet-4-5')],
  ['google', createGoogleGenerativeAI({ apiKey })('gemini-2.5-flash')],
  ['groq', createGroq({ apiKey })('llama')],
  ['cohere', createCohere({ apiKey })('command-r')],
] as const

describe.each(models)('%s', (_, model) => {
  test('answers and says what it cost', async () => {
    const { gateway } = setUp()
    const { text, usage } = await generateText({ model: gateway(model), prompt: 'hi' })
    expect(text).toBe('You said: hi')
    expect([usage.inputTokens, usage.outputTokens]).toEqual([1, 3])
  })

  test('streams', async () => {
    const { gateway } = setUp()
    const result = streamText({ model: gateway(model), prompt: 'hi' })
    expect(await result.text).toBe('You said: hi')
    expect(await result.finishReason).toBe('stop')
    expect((await result.providerMetadata)?.['gateway']).toMatchObject({ step: 0 })
  })

  test('calls tools', async () => {
    const { gateway } = setUp()
    const { steps, text } = await generateText({
      model: gateway(model),
      prompt: 'call weather',
      tools: {
        weather: tool({ inputSchema: z.object({ city: z.string() }), execute: async ({ city }) => `sunny in ${city}` }),
      },
      stopWhen: stepCountIs(2),
    })
    expect(steps).toHaveLength(2)
    expect(text).toContain('sunny in city')
  })
})

test('an object comes out of a schema', async () => {
  const { gateway } = setUp()
  const { object } = await generateObject({
    model: gateway(createOpenAI({ apiKey }).chat('gpt-4o')),
    schema: z.object({ name: z.string(), ok: z.boolean() }),
    prompt: 'hi',
  })
  expect(object).toEqual({ name: 'name', ok: true })
})

test('a provider that fails is followed by one that does not, and gets no more than its own request', async () => {
  const { simulator, gateway } = setUp()
  const openai = createOpenAI({ apiKey })
  const model = gateway([openai.chat('gpt-4o+status:503'), createAnthropic({ apiKey })('claude-sonnet-4-5')])
  const { text, providerMetadata } = await generateText({ model, prompt: 'hi' })
  expect(text).toBe('You said: hi')
  expect(providerMetadata?.['gateway']).toMatchObject({ step: 1, provider: 'anthropic' })
  expect(simulator.requests.map(({ provider }) => provider)).toEqual(['openai', 'anthropic'])
})
