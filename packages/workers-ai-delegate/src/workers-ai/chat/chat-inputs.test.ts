import { describe, expect, test } from 'vitest'
import type { LanguageModelV4CallOptions } from '@ai-sdk/provider'
import { chatModel, hello } from '../__fixtures__/chat-model.ts'
import type { WorkersAIChatSettings } from './chat-settings.ts'

const tool = {
  type: 'function',
  name: 'now',
  description: 'The time.',
  inputSchema: { type: 'object', properties: { tz: { type: 'string' } } },
} as const
const sentTool = {
  type: 'function',
  function: { name: 'now', description: 'The time.', parameters: tool.inputSchema },
}

async function ask(options: Partial<LanguageModelV4CallOptions>, settings: WorkersAIChatSettings = {}) {
  const { model, runs } = chatModel({ response: 'Hello' }, { settings })
  const { warnings } = await model.doGenerate({ prompt: hello, ...options })
  const [run] = runs
  if (!run) throw new Error('Nothing was run.')
  return { ...run, warnings }
}

const messages = [{ role: 'user', content: 'Hi' }]

describe('the inputs of a chat', () => {
  test('are messages alone where nothing else is asked for', async () => {
    const { model, inputs, warnings } = await ask({})
    expect(model).toBe('@cf/meta/llama-3.1-8b-instruct')
    expect(inputs).toEqual({ messages })
    expect(warnings).toEqual([])
  })

  test.each([
    [{ maxOutputTokens: 9 }, { max_tokens: 9 }],
    [{ temperature: 0 }, { temperature: 0 }],
    [{ topP: 0.5 }, { top_p: 0.5 }],
    [{ topK: 3 }, { top_k: 3 }],
    [{ seed: 7 }, { seed: 7 }],
    [{ stopSequences: ['END'] }, { stop: ['END'] }],
    [{ stopSequences: [] }, {}],
    [{ frequencyPenalty: 0.1 }, { frequency_penalty: 0.1 }],
    [{ presencePenalty: -0.1 }, { presence_penalty: -0.1 }],
    [{ reasoning: 'low' as const }, { reasoning_effort: 'low' }],
    [{ reasoning: 'none' as const }, { reasoning_effort: null }],
    [{ reasoning: 'provider-default' as const }, {}],
  ])('keep %o without a warning', async (options, expected) => {
    const { inputs, warnings } = await ask(options)
    expect(inputs).toEqual({ messages, ...expected })
    expect(warnings).toEqual([])
  })

  test.each([
    ['minimal', 'low'],
    ['xhigh', 'high'],
    ['max', 'high'],
  ] as const)('have the nearest effort to %s, and a warning', async (reasoning, sent) => {
    const { inputs, warnings } = await ask({ reasoning })
    expect(inputs).toMatchObject({ reasoning_effort: sent })
    expect(warnings).toMatchObject([{ type: 'compatibility', feature: 'reasoning' }])
  })

  test('take effort from the call, then from `reasoning`, then from the settings', async () => {
    const settings = { reasoning_effort: 'high', chat_template_kwargs: { enable_thinking: true } } as const
    expect((await ask({}, settings)).inputs).toMatchObject(settings)
    expect((await ask({ reasoning: 'low' }, settings)).inputs).toMatchObject({ reasoning_effort: 'low' })
    expect((await ask({}, { reasoning_effort: null })).inputs).toMatchObject({ reasoning_effort: null })
    const own = { 'workers-ai': { reasoning_effort: null, chat_template_kwargs: { enable_thinking: false } } }
    const { inputs, warnings } = await ask({ reasoning: 'xhigh', providerOptions: own }, settings)
    expect(inputs).toEqual({ messages, ...own['workers-ai'] })
    expect(warnings).toEqual([])
  })

  test("have the call's own fields for the model", async () => {
    const { inputs } = await ask({ temperature: 1, providerOptions: { 'workers-ai': { top_k: 5, temperature: 0.2 } } })
    expect(inputs).toEqual({ messages, temperature: 0.2, top_k: 5 })
  })

  test('say that few models know a safety prompt', async () => {
    const { inputs, warnings } = await ask({}, { safePrompt: true })
    expect(inputs).toEqual({ messages, safe_prompt: true })
    expect(warnings).toMatchObject([{ type: 'compatibility', feature: 'safePrompt' }])
  })

  test.each([
    [undefined, undefined],
    [{ type: 'auto' } as const, 'auto'],
    [{ type: 'none' } as const, 'none'],
    [{ type: 'required' } as const, 'required'],
    [{ type: 'tool', toolName: 'now' } as const, { type: 'function', function: { name: 'now' } }],
  ])('offer tools with the choice %o', async (toolChoice, sent) => {
    const { inputs } = await ask({ tools: [tool], ...(toolChoice && { toolChoice }) })
    expect(inputs).toEqual({ messages, tools: [sentTool], ...(sent && { tool_choice: sent }) })
  })

  test('leave out tools that only their provider runs, with a warning', async () => {
    const search = { type: 'provider', id: 'openai.web_search', name: 'search', args: {} } as const
    const { inputs, warnings } = await ask({ tools: [search, tool], toolChoice: { type: 'auto' } })
    expect(inputs).toMatchObject({ tools: [sentTool] })
    expect(warnings).toEqual([{ type: 'unsupported', feature: 'provider-defined tool openai.web_search' }])
    expect((await ask({ tools: [search], toolChoice: { type: 'auto' } })).inputs).toEqual({ messages })
  })

  test('have strict tools as such, and a warning for examples', async () => {
    const { inputs, warnings } = await ask({
      tools: [{ ...tool, strict: true, inputExamples: [{ input: { tz: 'UTC' } }] }],
    })
    expect(inputs).toMatchObject({ tools: [{ function: { strict: true } }] })
    expect(warnings).toMatchObject([{ type: 'unsupported', feature: 'inputExamples' }])
  })

  test('have a bare schema with name and description in it, and the tools too', async () => {
    const schema = { type: 'object', properties: { a: { type: 'string' } } } as const
    const responseFormat = { type: 'json', schema, name: 'answer', description: 'An a.' } as const
    const { inputs } = await ask({ responseFormat, tools: [tool] })
    const json_schema = { ...schema, title: 'answer', description: 'An a.' }
    expect(inputs).toEqual({ messages, tools: [sentTool], response_format: { type: 'json_schema', json_schema } })
  })

  test("keep the schema's own title, and the schema itself untouched", async () => {
    const schema = { type: 'object', title: 'Own', description: 'Mine' } as const
    const { inputs } = await ask({ responseFormat: { type: 'json', schema, name: 'other', description: 'Other' } })
    expect(inputs).toMatchObject({ response_format: { json_schema: schema } })
    expect(schema).toEqual({ type: 'object', title: 'Own', description: 'Mine' })
  })

  test('ask for any JSON where there is no schema', async () => {
    const { inputs } = await ask({ responseFormat: { type: 'json' } })
    expect(inputs).toEqual({ messages, response_format: { type: 'json_object' } })
  })
})

describe('the options of a run', () => {
  test('ask for the response itself, and carry the signal', async () => {
    const { signal } = new AbortController()
    expect((await ask({ abortSignal: signal })).options).toEqual({ returnRawResponse: true, signal })
  })

  test('pass what the settings have and the model does not know', async () => {
    const settings = {
      tags: ['a'],
      prefix: 'p',
      reasoning_effort: 'low',
      chat_template_kwargs: {},
      safePrompt: false,
    } as const
    expect((await ask({}, settings)).options).toEqual({ returnRawResponse: true, tags: ['a'], prefix: 'p' })
  })

  test('have headers of call, settings and session, the call winning, names in any case', async () => {
    const settings = { extraHeaders: { 'X-One': '1', 'x-two': '2' }, sessionAffinity: 's1' }
    const { options } = await ask({ headers: { 'x-TWO': 'two', 'x-none': undefined } }, settings)
    expect(options.extraHeaders).toEqual({ 'x-one': '1', 'x-two': 'two', 'x-session-affinity': 's1' })
  })

  test("have the call's session key instead of the model's", async () => {
    const providerOptions = { 'workers-ai': { sessionAffinity: 's2' } }
    const { inputs, options } = await ask({ providerOptions }, { sessionAffinity: 's1' })
    expect(inputs).toEqual({ messages })
    expect(options.extraHeaders).toEqual({ 'x-session-affinity': 's2' })
  })

  test("have the provider's gateway with the model's own on top", async () => {
    const gateway = { id: 'g', cacheTtl: 60 }
    const { model, runs } = chatModel(
      { response: '' },
      { gateway, settings: { gateway: { id: 'own', skipCache: true } } },
    )
    await model.doGenerate({ prompt: hello })
    expect(runs[0]?.options.gateway).toEqual({ id: 'own', cacheTtl: 60, skipCache: true })
    const named = chatModel({ response: '' }, { gateway, settings: { gateway: 'own' } })
    await named.model.doGenerate({ prompt: hello })
    expect(named.runs[0]?.options.gateway).toEqual({ id: 'own', cacheTtl: 60 })
  })
})
