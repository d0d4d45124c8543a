import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../json.ts'
import { createTestContext } from '../../testing/create-test-context.ts'
import { workersAI } from '../workers-ai.ts'

const messages = [{ role: 'user', content: 'hi' }]
const parse = (body: JsonObject) => workersAI.parseRequest(body, createTestContext('@cf/a/b'))

describe('inputs of a run', () => {
  test('are a prompt or messages', () => {
    expect(parse({ prompt: 'hi' })).toEqual({ model: '@cf/a/b', messages, extra_format: 'workers-ai' })
    expect(parse({ messages, max_tokens: 5, stream: true })).toMatchObject({
      messages,
      max_completion_tokens: 5,
      stream: true,
    })
  })

  test('keep what has no canonical name', () => {
    expect(parse({ prompt: 'hi', raw: true, lora: 'mine', repetition_penalty: 1.1 })).toMatchObject({
      extra: { raw: true, lora: 'mine', repetition_penalty: 1.1 },
      extra_format: 'workers-ai',
    })
  })

  test.each([
    [
      { response_format: { type: 'json_schema', json_schema: { title: 'a b', type: 'object' } } },
      'a_b',
      { title: 'a b', type: 'object' },
    ],
    [
      { response_format: { type: 'json_schema', json_schema: { name: 'x', schema: { type: 'object' } } } },
      'x',
      { type: 'object' },
    ],
    [{ guided_json: { type: 'object' } }, 'response', { type: 'object' }],
  ])('understand the schema of %o', (body, name, schema) => {
    expect(parse({ messages, ...body }).response_format).toEqual({ type: 'json_schema', json_schema: { name, schema } })
  })

  test('understand flat tools', () => {
    const flat = { name: 'now', description: 'The time.', parameters: { type: 'object' } }
    expect(parse({ messages, tools: [flat] }).tools).toEqual([{ type: 'function', function: flat }])
  })

  test('join calls and results that have no ids', () => {
    const request = parse({
      messages: [
        {
          role: 'assistant',
          content: '',
          tool_calls: [
            { name: 'a', arguments: { x: 1 } },
            { name: 'b', arguments: {} },
          ],
        },
        { role: 'tool', name: 'b', content: 'B' },
        { role: 'tool', name: 'a', content: 'A' },
      ],
    })
    expect(request.messages).toMatchObject([
      { tool_calls: [{ id: 'call_id1', function: { name: 'a', arguments: '{"x":1}' } }, { id: 'call_id2' }] },
      { role: 'tool', tool_call_id: 'call_id2', content: 'B' },
      { role: 'tool', tool_call_id: 'call_id1', content: 'A' },
    ])
  })

  test.each([
    [[137, 80, 78, 71], 'data:image/jpeg;base64,iVBORw=='.replace('jpeg', 'png')],
    ['/9j/4AAQ', 'data:image/jpeg;base64,/9j/4AAQ'],
    ['data:image/webp;base64,UklG', 'data:image/webp;base64,UklG'],
  ])('take the image %o with the prompt', (image, url) => {
    expect(parse({ prompt: 'What is it?', image }).messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is it?' },
          { type: 'image_url', image_url: { url } },
        ],
      },
    ])
  })

  test.each([
    [{}, 'messages'],
    [{ prompt: 7 }, 'prompt'],
    [{ messages: [] }, 'messages'],
    [{ messages: [{ role: 'robot', content: '' }] }, 'messages[0].role'],
    [{ messages, tools: {} }, 'tools'],
    [{ prompt: 'x', image: ['a'] }, 'image'],
  ])('are refused when they are %o', (body, param) => {
    expect(() => parse(body)).toThrow(expect.objectContaining({ code: 'invalid_request', param }))
  })
})
