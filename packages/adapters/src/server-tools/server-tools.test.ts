import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../json.ts'
import { createTestContext } from '../testing/create-test-context.ts'
import { anthropicMessages } from '../wire/anthropic-messages.ts'
import { cohereChat } from '../wire/cohere-chat.ts'
import { geminiGenerate } from '../wire/gemini-generate.ts'
import { ollamaChat } from '../wire/ollama-chat.ts'
import { openaiChat } from '../wire/openai-chat.ts'
import { openaiResponses } from '../wire/openai-responses.ts'
import { workersAI } from '../wire/workers-ai.ts'
import type { WireFormat, WireRequest } from '../wire-format.ts'

const place = { city: 'Oslo', country: 'NO' }
const near = { type: 'approximate', ...place }
const callers = {
  messages: (fields: JsonObject) => ({
    max_tokens: 99,
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
    ...fields,
  }),
  responses: (fields: JsonObject) => ({ input: 'Hi', ...fields }),
  gemini: (fields: JsonObject) => ({ contents: [{ parts: [{ text: 'Hi' }] }], ...fields }),
  chat: (fields: JsonObject) => ({ messages: [{ role: 'user', content: 'Hi' }], ...fields }),
}

interface Route {
  from: WireFormat
  to: WireFormat
  model: string
}

const send = (body: JsonObject, { from, to, model }: Route): WireRequest => {
  const context = createTestContext(model)
  return to.formatRequest(from.parseRequest(body, context), context)
}
const claude = { to: anthropicMessages, model: 'claude-sonnet-4-5' }
const gemini = { to: geminiGenerate, model: 'gemini-2.5-flash' }
const gpt = { to: openaiResponses, model: 'gpt-5' }
const searchGpt = { to: openaiChat, model: 'gpt-4o-search-preview' }
const fn = { type: 'function', name: 'look', parameters: { type: 'object', properties: {} } }

describe('a web search', () => {
  const wide = { type: 'web_search_20250305', name: 'web_search', max_uses: 3, allowed_domains: ['a.com'] }
  const asked = callers.messages({ tools: [{ ...wide, user_location: near }] })

  test('of Messages runs at the Responses API, and warns of what is not said there', () => {
    const { body, warnings } = send(asked, { from: anthropicMessages, ...gpt })
    expect(body['tools']).toEqual([
      { type: 'web_search', filters: { allowed_domains: ['a.com'] }, user_location: near },
    ])
    expect(warnings).toEqual(['tools.web_search_20250305.max_uses'])
  })

  test('of Messages runs at Gemini', () => {
    const { body, warnings } = send(asked, { from: anthropicMessages, ...gemini })
    expect(body['tools']).toEqual([{ googleSearch: {} }])
    expect(warnings).toEqual(
      ['max_uses', 'allowed_domains', 'user_location'].map((option) => `tools.web_search_20250305.${option}`),
    )
  })

  test('of Responses runs at Claude', () => {
    const tool = { type: 'web_search_preview', search_context_size: 'high', user_location: near }
    const { body, warnings } = send(callers.responses({ tools: [tool] }), { from: openaiResponses, ...claude })
    expect(body['tools']).toEqual([{ type: 'web_search_20250305', name: 'web_search', user_location: near }])
    expect(warnings).toEqual(['tools.web_search_preview.search_context_size'])
  })

  test('of Gemini keeps its excluded domains at Claude', () => {
    const tools = [{ googleSearch: { excludeDomains: ['b.com'], timeRangeFilter: {} } }]
    const { body, warnings } = send(callers.gemini({ tools }), { from: geminiGenerate, ...claude })
    expect(body['tools']).toEqual([{ type: 'web_search_20250305', name: 'web_search', blocked_domains: ['b.com'] }])
    expect(warnings).toEqual(['tools.googleSearch.timeRangeFilter'])
  })

  test('is a field of its own in chat completions, of the models that search', () => {
    const options = { search_context_size: 'low', user_location: { type: 'approximate', approximate: place } }
    const tool = { type: 'web_search', search_context_size: 'low', user_location: near }
    const there = send(callers.responses({ tools: [tool], tool_choice: tool }), { from: openaiResponses, ...searchGpt })
    expect(there.body).toEqual({
      model: 'gpt-4o-search-preview',
      messages: [{ role: 'user', content: 'Hi' }],
      web_search_options: options,
    })
    expect(there.warnings).toEqual([])
    const back = send(callers.chat({ web_search_options: options }), { from: openaiChat, ...gpt })
    expect(back.body['tools']).toEqual([tool])
    expect(back.warnings).toEqual([])
    const same = send(callers.chat({ web_search_options: options }), { from: openaiChat, ...searchGpt })
    expect(same.body['web_search_options']).toEqual(options)
  })

  test('is dropped where Gemini would refuse it beside functions', () => {
    const body = callers.responses({ tools: [{ type: 'web_search' }, fn], tool_choice: 'required' })
    const sent = send(body, { from: openaiResponses, ...gemini })
    expect(sent.body['tools']).toMatchObject([{ functionDeclarations: [{ name: 'look' }] }])
    expect(sent.warnings).toEqual(['tools.web_search'])
  })
})

describe('code execution', () => {
  const containers = { type: 'code_interpreter', container: { type: 'auto', file_ids: ['f'] } }
  const asked = callers.responses({ tools: [containers] })

  test('runs wherever there is a tool for it', () => {
    const claudeTool = { type: 'code_execution_20250825', name: 'code_execution' }
    const atClaude = send(asked, { from: openaiResponses, ...claude })
    expect(atClaude).toMatchObject({
      body: { tools: [claudeTool] },
      warnings: ['tools.code_interpreter.file_ids'],
    })
    expect(send(asked, { from: openaiResponses, ...gemini }).body['tools']).toEqual([{ codeExecution: {} }])
    const back = send(callers.messages({ tools: [claudeTool] }), { from: anthropicMessages, ...gpt })
    expect(back).toMatchObject({ body: { tools: [{ type: 'code_interpreter', container: { type: 'auto' } }] } })
    const gone = send(callers.gemini({ tools: [{ codeExecution: {} }] }), { from: geminiGenerate, ...searchGpt })
    expect(gone.warnings).toEqual(['tools.codeExecution'])
  })
})

describe('a choice of tools', () => {
  const search = { type: 'web_search' }
  const options = { from: openaiResponses, to: anthropicMessages }

  test('that demands a search says so in the words of the target', () => {
    const asked = callers.responses({ tools: [search, fn], tool_choice: search })
    const atClaude = send(asked, { ...options, model: claude.model })
    expect(atClaude.body['tool_choice']).toEqual({ type: 'tool', name: 'web_search' })
    expect(atClaude.warnings).toEqual([])
    const tools = [{ type: 'web_search_20250305', name: 'web_search' }]
    const forced = callers.messages({ tools, tool_choice: { type: 'tool', name: 'web_search' } })
    expect(send(forced, { from: anthropicMessages, ...gpt }).body['tool_choice']).toEqual(search)
    expect(send(forced, { from: anthropicMessages, ...gemini }).warnings).toEqual(['tool_choice'])
    expect(send(forced, { from: anthropicMessages, ...claude }).body).toMatchObject(forced)
  })

  test.each([[search], ['required'], [{ type: 'allowed_tools', mode: 'required', tools: [search] }]])(
    'that demands a search which the target has not is an error: %o',
    (tool_choice) => {
      const asked = callers.responses({ tools: [search], tool_choice })
      const refused = expect.objectContaining({ name: 'WireError', code: 'unsupported', param: 'tool_choice' })
      expect(() => send(asked, { from: openaiResponses, to: ollamaChat, model: 'llama3.2' })).toThrow(refused)
    },
  )

  test('that leaves the search out drops it without a word', () => {
    const choice = { type: 'allowed_tools', mode: 'auto', tools: [{ type: 'function', name: 'look' }] }
    const asked = callers.responses({ tools: [search, fn], tool_choice: choice })
    const sent = send(asked, { ...options, model: claude.model })
    expect(sent.body['tools']).toMatchObject([{ name: 'look' }])
    expect(sent.warnings).toEqual([])
    const barred = send(callers.responses({ tools: [search], tool_choice: 'none' }), {
      from: openaiResponses,
      ...gemini,
    })
    expect([barred.body['tools'], barred.warnings]).toEqual([undefined, []])
  })
})

const others = [
  { to: openaiChat, model: 'gpt-5' },
  { to: cohereChat, model: 'command-a' },
  { to: ollamaChat, model: 'llama3.2' },
  { to: workersAI, model: '@cf/meta/llama-4' },
  { to: anthropicMessages, model: 'MiniMax-M2' },
] as const

describe.each(others.map((target) => [target.to.id, target] as const))('at %s', (_, target) => {
  test('tools without words are dropped, and with the last the choice', () => {
    const tools = [{ type: 'web_search' }, { type: 'mcp', server_label: 'x' }]
    const asked = callers.responses({ tools, tool_choice: 'auto', parallel_tool_calls: true })
    const { body, warnings } = send(asked, { from: openaiResponses, ...target })
    expect(body).not.toHaveProperty('tools')
    expect(body).not.toHaveProperty('tool_choice')
    expect(body).not.toHaveProperty('parallel_tool_calls')
    expect(warnings).toEqual(['tools.web_search', 'tools.mcp'])
  })
})

describe('a namespace of functions', () => {
  const member = {
    type: 'function',
    name: 'find',
    description: 'Finds.',
    parameters: { type: 'object', properties: {} },
  }
  const patch = { type: 'custom', name: 'patch' }
  const namespace = { type: 'namespace', name: 'mcp__mail', description: 'Mail.', tools: [member, patch] }
  const history = [
    { role: 'user', content: 'Hi' },
    { type: 'function_call', call_id: 'c1', namespace: 'mcp__mail', name: 'find', arguments: '{}' },
    { type: 'function_call_output', call_id: 'c1', output: 'none' },
  ]
  const asked = { model: 'm', input: history, tools: [namespace] }
  const chat = { from: openaiResponses, to: openaiChat, model: 'gpt-5' }
  const names = ['mcp__mail__find', 'mcp__mail__patch']

  test('reaches other formats as its functions, in tools and in the history', () => {
    const { body, warnings } = send(asked, chat)
    expect(body['tools']).toMatchObject(names.map((name) => ({ function: { name } })))
    expect(body['messages']).toMatchObject([{}, { tool_calls: [{ function: { name: names[0] } }] }, {}])
    expect(warnings).toEqual([])
  })

  test('passes as it is at its own', () => {
    expect(send(asked, { ...chat, to: openaiResponses }).body).toMatchObject({ input: history, tools: [namespace] })
  })

  test('has its calls said in its words, whole and streamed', () => {
    const context = createTestContext()
    const request = openaiResponses.parseRequest(asked, context)
    const calls = names.map((name, index) => ({
      id: `c${index}`,
      type: 'function' as const,
      function: { name, arguments: '{"input":"x"}' },
    }))
    const head = { id: 'x', created: 1, model: 'm' }
    const message = { role: 'assistant' as const, content: null, tool_calls: calls }
    const choices = [{ index: 0, message, finish_reason: 'tool_calls' as const }]
    const answer = { ...head, object: 'chat.completion' as const, choices }
    const expected = [
      { type: 'function_call', namespace: 'mcp__mail', name: 'find' },
      { type: 'custom_tool_call', namespace: 'mcp__mail', name: 'patch', input: 'x' },
    ]
    const written = openaiResponses.formatResponse(answer, context, request)
    expect(written['output']).toMatchObject(expected)
    const encoder = openaiResponses.createEncoder(request, context)
    const pieces = calls.map((call, index) => ({ ...call, index }))
    const delta = { role: 'assistant' as const, tool_calls: pieces }
    const chunk = { ...head, object: 'chat.completion.chunk' as const }
    const events =
      encoder.push({ ...chunk, choices: [{ index: 0, delta, finish_reason: 'tool_calls' }] }) + encoder.end()
    const last = events.split('\n\n').find((event) => event.startsWith('event: response.completed')) ?? ''
    expect(JSON.parse(last.slice(last.indexOf('{')))).toMatchObject({ response: { output: expected } })
    const read = openaiResponses.parseResponse(written, context)
    expect(read.choices[0]?.message.tool_calls).toEqual(calls)
  })

  test('has names that fit, each its own', () => {
    const long = 'a'.repeat(40)
    const tools = [`${long}x`, `${long}y`].map((name) => ({ ...member, name }))
    const { body } = send({ ...asked, tools: [{ ...namespace, name: long, tools }] }, chat)
    const sent = JSON.stringify(body['tools']).match(/"name":"[^"]+"/g) ?? []
    expect(new Set(sent).size).toBe(2)
    expect(sent.every((name) => name.length <= '"name":""'.length + 64)).toBe(true)
  })

  test('of a shape that nobody knows is dropped with a warning', () => {
    const odd = { ...namespace, tools: [{ type: 'mystery' }] }
    expect(send({ ...asked, input: 'Hi', tools: [odd] }, chat).warnings).toEqual(['tools.namespace'])
  })
})
