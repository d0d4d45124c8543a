import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AssistantMessage, ChatResponse, ReasoningDetail } from '../../chat.ts'
import { objectsOf, type JsonObject } from '../../json.ts'
import { createTestContext } from '../../testing/create-test-context.ts'
import { anthropicMessages } from '../anthropic-messages.ts'
import { geminiGenerate } from '../gemini-generate.ts'
import { openaiChat } from '../openai-chat.ts'
import { openaiResponses } from '../openai-responses.ts'
import { readForeignSecret, toEncryptedContent } from './foreign-secret.ts'

const call = { id: 'call_1', type: 'function' as const, function: { name: 'f', arguments: '{"x":1}' } }

const answer = (message: Partial<AssistantMessage>): ChatResponse => ({
  id: 'x',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: 'Sure.', tool_calls: [call], ...message },
      finish_reason: 'tool_calls',
    },
  ],
})

/** The request of a client that sends an answer's items back as they came, with the result of the call. */
function nextRequest(said: ChatResponse) {
  const { output } = openaiResponses.formatResponse(said, createTestContext())
  const input = [
    { role: 'user', content: 'Hi' },
    ...objectsOf(output),
    { type: 'function_call_output', call_id: 'call_1', output: 'ok' },
  ]
  return openaiResponses.parseRequest({ model: 'm', input }, createTestContext())
}

const details = (...list: ReasoningDetail[]) => ({
  reasoning_details: list,
  reasoning_content: list.map(({ text }) => text ?? '').join(''),
})

describe('a Responses client sends reasoning back', () => {
  test('to Anthropic, as the blocks that it made', () => {
    const format = 'anthropic-messages'
    const said = details(
      { type: 'reasoning.text', text: 'one', signature: 's1', format },
      { type: 'reasoning.encrypted', data: 'd', format },
      { type: 'reasoning.text', text: 'two', signature: 's2', format },
    )
    const { body, warnings } = anthropicMessages.formatRequest(
      nextRequest(answer(said)),
      createTestContext('claude-sonnet-4-5'),
    )
    expect(warnings).toEqual([])
    expect(body['messages']).toEqual([
      { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'one', signature: 's1' },
          { type: 'redacted_thinking', data: 'd' },
          { type: 'thinking', thinking: 'two', signature: 's2' },
          { type: 'text', text: 'Sure.' },
          { type: 'tool_use', id: 'call_1', name: 'f', input: { x: 1 } },
        ],
      },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'call_1', content: 'ok' }] },
    ])
  })

  test("to Gemini, the call's signature included", () => {
    const format = 'gemini-generate'
    const said = {
      ...details({ type: 'reasoning.text', text: 'hm', format }, { type: 'reasoning.encrypted', data: 't', format }),
      tool_calls: [{ ...call, extra_content: { google: { thought_signature: 's' } } }],
    }
    const { body, warnings } = geminiGenerate.formatRequest(
      nextRequest(answer(said)),
      createTestContext('gemini-3-pro'),
    )
    expect(warnings).toEqual([])
    expect(body['contents']).toMatchObject([
      { role: 'user' },
      {
        role: 'model',
        parts: [
          { text: 'hm', thought: true },
          { text: 'Sure.', thoughtSignature: 't' },
          { functionCall: { name: 'f', args: { x: 1 } }, thoughtSignature: 's' },
        ],
      },
      { role: 'user' },
    ])
  })

  test('to a Responses vendor, under the id that it had', () => {
    const origin = { id: 'rs_9', format: 'openai-responses' }
    const said = details(
      { type: 'reasoning.summary', text: 'hm', ...origin },
      { type: 'reasoning.encrypted', data: 'enc', ...origin },
    )
    const { body, warnings } = openaiResponses.formatRequest(nextRequest(answer(said)), createTestContext())
    expect(warnings).toEqual([])
    expect(objectsOf(body['input'])[1]).toMatchObject({ type: 'reasoning', id: 'rs_9', encrypted_content: 'enc' })
  })

  test('to a Responses vendor under the id that it had, after a stream that began before it was known', () => {
    const head = { id: 'x', object: 'chat.completion.chunk' as const, created: 1, model: 'm' }
    const encoder = openaiResponses.createEncoder({ model: 'm', messages: [] }, createTestContext())
    const encrypted = { type: 'reasoning.encrypted' as const, data: 'enc', id: 'rs_9', format: 'openai-responses' }
    const deltas = [{ reasoning_content: 'hm' }, { reasoning_details: [encrypted] }]
    const events = deltas
      .map((delta) => encoder.push({ ...head, choices: [{ index: 0, delta, finish_reason: null }] }))
      .join('')
    const [, item = '{}'] = /"response.output_item.done".*?"item":(\{.*\})\}\n/.exec(events) ?? []
    const sent: JsonObject = JSON.parse(item)
    expect(sent['id']).not.toBe('rs_9')
    const request = openaiResponses.parseRequest({ model: 'm', input: [sent] }, createTestContext())
    expect(openaiResponses.formatRequest(request, createTestContext()).body['input']).toEqual([
      {
        type: 'reasoning',
        id: 'rs_9',
        summary: [],
        content: [{ type: 'reasoning_text', text: 'hm' }],
        encrypted_content: 'enc',
      },
    ])
  })

  test.each([
    ['that nobody signed', { reasoning_content: 'hm' }],
    [
      'of another vendor',
      details({ type: 'reasoning.text', text: 'hm', signature: 's', format: 'anthropic-messages' }),
    ],
  ])('%s, which a Responses vendor never sees', (_, said) => {
    const { body, warnings } = openaiResponses.formatRequest(nextRequest(answer(said)), createTestContext())
    expect(warnings).toEqual(['messages.reasoning_details'])
    expect(objectsOf(body['input']).map(({ type, role }) => type ?? role)).toEqual([
      'user',
      'message',
      'function_call',
      'function_call_output',
    ])
  })
})

test('a chat client sends encrypted reasoning back', () => {
  const item = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'enc' }
  const upstream = { id: 'resp_1', status: 'completed', output: [item] }
  const parsed = openaiResponses.parseResponse(upstream, createTestContext())
  const [choice] = objectsOf(openaiChat.formatResponse(parsed, createTestContext())['choices'])
  const messages = [{ role: 'user', content: 'Hi' }, choice?.['message'] ?? null, { role: 'user', content: 'Ho' }]
  const request = openaiChat.parseRequest({ model: 'm', messages }, createTestContext())
  const { body } = openaiResponses.formatRequest(request, createTestContext())
  expect(objectsOf(body['input'])[1]).toEqual(item)
})

test('any secret survives, whatever characters it is made of', () => {
  const word = fc.string({ unit: 'binary', maxLength: 12 })
  const property = fc.property(word, word, word, (format, id, value) => {
    const detail: ReasoningDetail = { type: 'reasoning.encrypted', data: value, format, id }
    const secret = readForeignSecret(toEncryptedContent(detail, 'rs_1'))
    expect(secret?.kind === 'detail' && { format: '', id: '', ...secret.detail }).toEqual({ ...detail })
  })
  fc.assert(property, { numRuns: 200, seed: 1 })
})
