import { expect, test } from 'vitest'
import type { ChatResponse } from '../../chat.ts'
import { objectOf, objectsOf, type JsonObject } from '../../json.ts'
import { createContext } from '../anthropic-messages/__fixtures__/corpus.ts'
import { anthropicMessages } from '../anthropic-messages.ts'
import { geminiGenerate } from '../gemini-generate.ts'

const answer = (body: ChatResponse['choices'][number]['message']): ChatResponse => ({
  id: 'x',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, message: body, finish_reason: 'tool_calls' }],
})

const tool_calls = [{ id: 'a', type: 'function' as const, function: { name: 'f', arguments: '{"x":1}' } }]

test("a Messages client sends Gemini's signatures back to Gemini", () => {
  const said = anthropicMessages.formatResponse(
    answer({
      role: 'assistant',
      content: 'Sure.',
      reasoning_content: 'hm',
      reasoning_details: [
        { type: 'reasoning.text', text: 'hm', format: 'gemini-generate' },
        { type: 'reasoning.encrypted', data: 't', format: 'gemini-generate' },
      ],
      tool_calls: tool_calls.map((call) => ({ ...call, extra_content: { google: { thought_signature: 's' } } })),
    }),
    createContext(),
  )
  const messages = [
    { role: 'user', content: 'Hi' },
    { role: 'assistant', content: objectsOf(said['content']) },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: 'ok' }] },
  ]
  const request = anthropicMessages.parseRequest({ model: 'm', max_tokens: 5, messages }, createContext())
  const { body, warnings } = geminiGenerate.formatRequest(request, createContext('gemini-3-pro'))
  expect(warnings).toEqual([])
  expect(body['contents']).toEqual([
    { role: 'user', parts: [{ text: 'Hi' }] },
    {
      role: 'model',
      parts: [
        { text: 'hm', thought: true },
        { text: 'Sure.', thoughtSignature: 't' },
        { functionCall: { id: 'a', name: 'f', args: { x: 1 } }, thoughtSignature: 's' },
      ],
    },
    { role: 'user', parts: [{ functionResponse: { id: 'a', name: 'f', response: { result: 'ok' } } }] },
  ])
})

test("a Gemini client sends Anthropic's thinking back to Anthropic", () => {
  const said = geminiGenerate.formatResponse(
    answer({
      role: 'assistant',
      content: null,
      reasoning_content: 'hm',
      reasoning_details: [
        { type: 'reasoning.text', text: 'hm', signature: 's', format: 'anthropic-messages' },
        { type: 'reasoning.encrypted', data: 'd', format: 'anthropic-messages' },
      ],
      tool_calls,
    }),
    createContext(),
  )
  const [candidate] = objectsOf(said['candidates'])
  const contents: JsonObject[] = [
    { role: 'user', parts: [{ text: 'Hi' }] },
    objectOf(candidate?.['content']) ?? {},
    { role: 'user', parts: [{ functionResponse: { name: 'f', response: { result: 'ok' } } }] },
  ]
  const request = geminiGenerate.parseRequest({ contents }, createContext())
  const { body, warnings } = anthropicMessages.formatRequest(request, createContext('claude-sonnet-4-5'))
  expect(warnings).toEqual([])
  expect(body['messages']).toEqual([
    { role: 'user', content: [{ type: 'text', text: 'Hi' }] },
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'hm', signature: 's' },
        { type: 'redacted_thinking', data: 'd' },
        { type: 'tool_use', id: 'a', name: 'f', input: { x: 1 } },
      ],
    },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: 'ok' }] },
  ])
})
