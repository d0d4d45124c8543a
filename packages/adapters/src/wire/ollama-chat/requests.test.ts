import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../json.ts'
import { createTestContext } from '../../testing/create-test-context.ts'
import { ollamaChat } from '../ollama-chat.ts'
import { openaiChat } from '../openai-chat.ts'

const context = createTestContext('llama3.2')
const messages = [{ role: 'user', content: 'hi' }]
const frame = { model: 'llama3.2', messages, stream: false }
const parameters = { type: 'object', properties: { city: { type: 'string' } } }
const tool = { type: 'function', function: { name: 'get_weather', description: 'The weather.', parameters } }
const png = 'iVBORw0KGgoAAAA='

const write = (body: JsonObject) =>
  ollamaChat.formatRequest(openaiChat.parseRequest({ messages, ...body }, context), context)
const read = (body: JsonObject) => ollamaChat.parseRequest({ model: 'llama3.2', messages, ...body }, context)

describe('a request for Ollama', () => {
  test('has the sampling among its options, and says that it wants no stream', () => {
    const sampling = { max_tokens: 9, temperature: 0, top_p: 0.9, top_k: 3, seed: 7, stop: ['END'] }
    const { max_tokens: num_predict, ...options } = sampling
    expect(write(sampling)).toEqual({ body: { ...frame, options: { ...options, num_predict } }, warnings: [] })
    expect(write({ stream: true }).body).toEqual({ ...frame, stream: true })
  })

  test.each([
    [{ reasoning_effort: 'high' }, 'high'],
    [{ reasoning_effort: 'minimal' }, 'low'],
    [{ reasoning_effort: 'none' }, false],
    [{ thinking: { type: 'disabled' } }, false],
    [{ thinking: { type: 'enabled', budget_tokens: 5000 } }, 'medium'],
    [{ thinking: { type: 'enabled' } }, true],
    [{}, undefined],
  ])('asked %o, has the thinking %o', (asked, think) => {
    expect(write(asked).body['think']).toEqual(think)
  })

  test.each([
    [{ type: 'json_object' }, 'json'],
    [{ type: 'json_schema', json_schema: { name: 'a', schema: parameters } }, parameters],
    [{ type: 'text' }, undefined],
  ])('asked %o, has the format %o', (response_format, format) => {
    expect(write({ response_format }).body['format']).toEqual(format)
  })

  test('has arguments as objects, and results with the name of the tool', () => {
    const call = { id: 'c1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Oslo"}' } }
    const { body, warnings } = write({
      messages: [
        { role: 'developer', content: 'Be brief.' },
        { role: 'assistant', content: null, reasoning_content: 'Hm.', tool_calls: [call] },
        { role: 'tool', tool_call_id: 'c1', content: 'cold' },
      ],
      tools: [tool],
    })
    expect(warnings).toEqual([])
    expect(body).toMatchObject({ tools: [tool] })
    expect(body['messages']).toEqual([
      { role: 'system', content: 'Be brief.' },
      {
        role: 'assistant',
        content: '',
        thinking: 'Hm.',
        tool_calls: [{ id: 'c1', function: { name: 'get_weather', arguments: { city: 'Oslo' } } }],
      },
      { role: 'tool', content: 'cold', tool_name: 'get_weather', tool_call_id: 'c1' },
    ])
  })

  test('has images beside the text', () => {
    const image = { type: 'image_url', image_url: { url: `data:image/png;base64,${png}` } }
    const { body } = write({ messages: [{ role: 'user', content: [{ type: 'text', text: 'What is it?' }, image] }] })
    expect(body['messages']).toEqual([{ role: 'user', content: 'What is it?', images: [png] }])
  })

  test('offers only the tools that were chosen, and says that it can force none', () => {
    const other = { type: 'function', function: { name: 'later', parameters } }
    const choice = { type: 'function', function: { name: 'later' } }
    const { body, warnings } = write({ tools: [tool, other], tool_choice: choice })
    expect(body['tools']).toEqual([other])
    expect(warnings).toEqual(['tool_choice'])
    expect(write({ tools: [tool], tool_choice: 'none' }).body['tools']).toBeUndefined()
  })

  test.each([
    [{ n: 2 }, 'n'],
    [
      { messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://a.com/i.png' } }] }] },
      'messages[0].content[0]',
    ],
    [{ messages: [{ role: 'user', content: [{ type: 'file', file: { file_id: 'f1' } }] }] }, 'messages[0].content[0]'],
  ])('cannot be %o', (body, param) => {
    expect(() => write(body)).toThrow(expect.objectContaining({ name: 'WireError', code: 'unsupported', param }))
  })
})

describe('a request of an Ollama caller', () => {
  test('wants a stream unless it says otherwise', () => {
    expect([read({}).stream, read({ stream: false }).stream]).toEqual([true, false])
  })

  test('has its options where others have fields', () => {
    const options = { num_predict: 9, temperature: 0, top_p: 0.9, top_k: 3, seed: 7, stop: 'END', num_ctx: 4096 }
    expect(read({ options, keep_alive: '5m' })).toEqual({
      model: 'llama3.2',
      messages,
      max_completion_tokens: 9,
      temperature: 0,
      top_p: 0.9,
      top_k: 3,
      seed: 7,
      stop: ['END'],
      stream: true,
      extra: { keep_alive: '5m', options: { num_ctx: 4096 } },
      extra_format: 'ollama-chat',
    })
    expect(read({ options: { num_predict: -1 } })).not.toHaveProperty('max_completion_tokens')
  })

  test.each([
    [true, { thinking: { type: 'enabled', include: true } }],
    [false, { thinking: { type: 'disabled' } }],
    ['high', { reasoning_effort: 'high' }],
  ])('that says think: %o wants %o', (think, wish) => {
    expect(read({ think })).toMatchObject(wish)
  })

  test('that sends empty fields says nothing with them', () => {
    const empty = read({ tools: [], format: '', options: {}, keep_alive: null })
    expect(openaiChat.formatRequest(empty, context).warnings).toEqual([])
    expect(empty).not.toHaveProperty('tools')
    expect(empty).not.toHaveProperty('response_format')
  })

  test('gets ids for calls and their results, by name and by order', () => {
    const called = (name: string) => ({ function: { name, arguments: { a: 1 } } })
    const { messages: parsed } = read({
      messages: [
        { role: 'assistant', content: '', tool_calls: [called('one'), called('two'), called('two')] },
        { role: 'tool', content: 'b', tool_name: 'two' },
        { role: 'tool', content: 'a' },
        { role: 'tool', content: 'c', tool_name: 'two' },
      ],
    })
    const [assistant, ...results] = parsed
    expect(assistant).toMatchObject({
      content: null,
      tool_calls: [
        { id: 'call_0_0', function: { name: 'one', arguments: '{"a":1}' } },
        { id: 'call_0_1' },
        { id: 'call_0_2' },
      ],
    })
    expect(results.map((result) => result.role === 'tool' && [result.tool_call_id, result.content])).toEqual([
      ['call_0_1', 'b'],
      ['call_0_0', 'a'],
      ['call_0_2', 'c'],
    ])
  })

  test.each([
    [png, 'image/png'],
    ['/9j/4AAQ', 'image/jpeg'],
    ['R0lGODlh', 'image/gif'],
    ['UklGRiIA', 'image/webp'],
    ['AAAA', 'image/jpeg'],
  ])('has %s as %s', (data, type) => {
    const { messages: parsed } = read({ messages: [{ role: 'user', content: 'x', images: [data] }] })
    const url = `data:${type};base64,${data}`
    expect(parsed).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'x' },
          { type: 'image_url', image_url: { url } },
        ],
      },
    ])
  })

  test.each([
    [{ messages: [{ role: 'user', content: ['x'] }] }, 'messages[0].content'],
    [{ messages: [{ role: 'robot', content: 'x' }] }, 'messages[0].role'],
    [{ messages: [{ role: 'assistant', tool_calls: [{}] }] }, 'messages[0].tool_calls[0].function.name'],
    [{ options: 5 }, 'options'],
    [{ options: { seed: 'x' } }, 'options.seed'],
    [{ think: 5 }, 'think'],
    [{ format: 5 }, 'format'],
    [{ tools: [{}] }, 'tools[0].function.name'],
  ])('cannot be %o', (body, param) => {
    expect(() => read(body)).toThrow(expect.objectContaining({ name: 'WireError', code: 'invalid_request', param }))
  })
})
