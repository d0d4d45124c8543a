import { describe, expect, test } from 'vitest'
import type { ChatChunk } from '../../chat.ts'
import { objectOf, objectsOf, type JsonObject } from '../../json.ts'
import { callerFormats } from '../../testing/caller-formats.ts'
import { createTestContext } from '../../testing/create-test-context.ts'
import { openaiResponses } from '../openai-responses.ts'

const patchText = '*** Begin Patch\n*** Update File: a.ts\n"quoted"\n*** End Patch'
const grammar = { type: 'grammar', syntax: 'lark', definition: 'start: "*** Begin Patch" LF' }
const functions = Array.from({ length: 60 }, (_, index) => ({
  type: 'function',
  name: `tool_${index}`,
  description: 'One of many.',
  strict: false,
  parameters: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
}))

/** What a coding agent sends: a free-form tool with its call and result, many functions, nothing stored. */
const agentRequest: JsonObject = {
  model: 'the-model',
  instructions: 'You write code.',
  input: [
    { type: 'message', role: 'developer', content: [{ type: 'input_text', text: 'Sandbox: read only.' }] },
    { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Change a.ts.' }] },
    { type: 'reasoning', summary: [{ type: 'summary_text', text: 'A patch.' }], encrypted_content: 'enc' },
    { type: 'custom_tool_call', status: 'completed', call_id: 'call_1', name: 'apply_patch', input: patchText },
    { type: 'custom_tool_call_output', call_id: 'call_1', output: 'Done!' },
  ],
  tools: [...functions, { type: 'custom', name: 'apply_patch', description: 'Edits files.', format: grammar }],
  tool_choice: 'auto',
  parallel_tool_calls: false,
  reasoning: { effort: 'medium', summary: 'auto' },
  store: false,
  stream: true,
  include: ['reasoning.encrypted_content'],
  prompt_cache_key: 'session',
  text: { verbosity: 'low' },
}

const targets = callerFormats.map(({ format }) => [format.id, format] as const)

describe('a coding agent', () => {
  test.each(targets)('reaches %s', (_, target) => {
    const context = createTestContext()
    const request = openaiResponses.parseRequest(agentRequest, context)
    const { body } = target.formatRequest(request, context)
    const again = target.parseRequest(JSON.parse(JSON.stringify(body)), context)
    const offered = (again.tools ?? []).flatMap((tool) => (tool.type === 'function' ? [tool.function] : []))
    expect(offered).toHaveLength(61)
    expect(offered.at(-1)).toMatchObject({
      name: 'apply_patch',
      parameters: { type: 'object', properties: { input: { type: 'string' } }, required: ['input'] },
    })
    const calls = again.messages.flatMap((message) => (message.role === 'assistant' ? (message.tool_calls ?? []) : []))
    expect(calls.map(({ function: { name, arguments: words } }) => [name, JSON.parse(words)])).toEqual([
      ['apply_patch', { input: patchText }],
    ])
  })

  const head = { id: 'x', object: 'chat.completion.chunk' as const, created: 1, model: 'm' }
  const words = JSON.stringify({ input: patchText })
  const called = { id: 'call_2', type: 'function' as const, function: { name: 'apply_patch', arguments: words } }
  const expected = { type: 'custom_tool_call', call_id: 'call_2', name: 'apply_patch', input: patchText }

  test('gets the call of its free-form tool as such', () => {
    const request = openaiResponses.parseRequest(agentRequest, createTestContext())
    const message = { role: 'assistant' as const, content: null, tool_calls: [called] }
    const choices = [{ index: 0, message, finish_reason: 'tool_calls' as const }]
    const answer = { ...head, object: 'chat.completion' as const, choices }
    const { output } = openaiResponses.formatResponse(answer, createTestContext(), request)
    expect(output).toMatchObject([expected])
  })

  test('gets it in a stream too, the input in one piece', () => {
    const request = openaiResponses.parseRequest(agentRequest, createTestContext())
    const encoder = openaiResponses.createEncoder(request, createTestContext())
    const chunkOf = (choice: Partial<ChatChunk['choices'][number]>): ChatChunk => ({
      ...head,
      choices: [{ index: 0, delta: {}, finish_reason: null, ...choice }],
    })
    const start = { ...called, index: 0, function: { name: 'apply_patch', arguments: '' } }
    const pieces = [words.slice(0, 20), words.slice(20)].map((piece) => ({ index: 0, function: { arguments: piece } }))
    const chunks = [start, ...pieces].map((piece) => chunkOf({ delta: { tool_calls: [piece] } }))
    const text = [...chunks, chunkOf({ finish_reason: 'tool_calls' })].map((chunk) => encoder.push(chunk)).join('')
    const events = (text + encoder.end())
      .split('\n\n')
      .flatMap((block): JsonObject[] => (block === '' ? [] : [JSON.parse(block.slice(block.indexOf('data: ') + 6))]))
    expect(events.map(({ type }) => type)).toEqual([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.custom_tool_call_input.delta',
      'response.custom_tool_call_input.done',
      'response.output_item.done',
      'response.completed',
    ])
    expect(events[3]).toMatchObject({ delta: patchText })
    expect(objectsOf(objectOf(events.at(-1)?.['response'])?.['output'])).toMatchObject([expected])
  })

  test('whose model wrote the input without its wrapping is understood', () => {
    const request = openaiResponses.parseRequest(agentRequest, createTestContext())
    const bare = { ...called, function: { name: 'apply_patch', arguments: patchText } }
    const message = { role: 'assistant' as const, content: null, tool_calls: [bare] }
    const choices = [{ index: 0, message, finish_reason: 'tool_calls' as const }]
    const answer = { ...head, object: 'chat.completion' as const, choices }
    expect(openaiResponses.formatResponse(answer, createTestContext(), request)['output']).toMatchObject([expected])
  })
})
