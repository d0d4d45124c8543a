import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import { parseRequest } from './parse-request.ts'

const parse = (fields: JsonObject) => parseRequest({ model: 'm', input: 'Hi', ...fields })
const turnsOf = (...input: JsonObject[]) => parse({ input }).messages
const user = { role: 'user', content: 'Hi' }

describe('input', () => {
  test('a string is what the user says, after the instructions', () => {
    expect(parse({ instructions: 'Be brief.' }).messages).toEqual([{ role: 'system', content: 'Be brief.' }, user])
  })

  test('parts become text, images, files and audio', () => {
    const parts = [
      { type: 'input_text', text: 'Look' },
      { type: 'input_image', image_url: 'https://a.example/a.png', detail: 'low' },
      { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,AA==' },
      { type: 'input_file', file_url: 'https://a.example/a.pdf' },
      { type: 'input_file', file_id: 'file_1' },
      { type: 'input_audio', input_audio: { data: 'AA==', format: 'wav' } },
    ]
    expect(turnsOf({ role: 'user', content: parts })).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Look' },
          { type: 'image_url', image_url: { url: 'https://a.example/a.png', detail: 'low' } },
          { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,AA==' } },
          { type: 'file', file: { file_url: 'https://a.example/a.pdf' } },
          { type: 'file', file: { file_id: 'file_1' } },
          { type: 'input_audio', input_audio: { data: 'AA==', format: 'wav' } },
        ],
      },
    ])
  })

  test('an image by id stays native', () => {
    const item = { type: 'message', role: 'user', content: [{ type: 'input_image', file_id: 'file_1' }] }
    expect(turnsOf(item)).toMatchObject([{ native: { format: 'openai-responses', content: [item] } }])
  })

  test("the model's items between two turns of others are one message", () => {
    const items = [
      { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Hm.' }], encrypted_content: 'enc' },
      { type: 'message', id: 'msg_1', role: 'assistant', content: [{ type: 'output_text', text: 'I will look.' }] },
      { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'f', arguments: '{"a":1}' },
      { type: 'custom_tool_call', id: 'ctc_1', call_id: 'call_2', name: 'patch', input: 'a "b"' },
    ]
    const outputs = [
      { type: 'function_call_output', call_id: 'call_1', output: 'one' },
      {
        type: 'custom_tool_call_output',
        call_id: 'call_2',
        output: [
          { type: 'input_text', text: 'two' },
          { type: 'input_image', image_url: 'data:image/png;base64,AA==' },
        ],
      },
    ]
    const origin = { id: 'rs_1', format: 'openai-responses' }
    expect(turnsOf(user, ...items, ...outputs)).toEqual([
      user,
      {
        role: 'assistant',
        content: 'I will look.',
        reasoning_content: 'Hm.',
        reasoning_details: [
          { type: 'reasoning.summary', text: 'Hm.', ...origin },
          { type: 'reasoning.encrypted', data: 'enc', ...origin },
        ],
        tool_calls: [
          { id: 'call_1', type: 'function', function: { name: 'f', arguments: '{"a":1}' } },
          {
            id: 'call_2',
            type: 'function',
            custom: true,
            function: { name: 'patch', arguments: '{"input":"a \\"b\\""}' },
          },
        ],
        source: { format: 'openai-responses', content: items },
      },
      {
        role: 'tool',
        tool_call_id: 'call_1',
        content: 'one',
        source: { format: 'openai-responses', content: [outputs[0]] },
      },
      {
        role: 'tool',
        tool_call_id: 'call_2',
        content: [
          { type: 'text', text: 'two' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } },
        ],
        source: { format: 'openai-responses', content: [outputs[1]] },
      },
    ])
  })

  test('what the tools of the vendor did stays native; an image that they made is an image', () => {
    const search = { type: 'web_search_call', id: 'ws_1', status: 'completed' }
    const image = { type: 'image_generation_call', id: 'ig_1', result: '/9j/4AAQ' }
    expect(turnsOf(user, search, image)).toEqual([
      user,
      {
        role: 'assistant',
        content: '',
        images: [{ type: 'image_url', image_url: { url: 'data:image/jpeg;base64,/9j/4AAQ' } }],
        native: { format: 'openai-responses', content: [search, image] },
      },
    ])
  })

  test("calls of the vendor's tools that the client runs become function calls too", () => {
    const call = { type: 'local_shell_call', id: 'ls_1', call_id: 'call_1', action: { type: 'exec', command: ['ls'] } }
    const output = { type: 'local_shell_call_output', call_id: 'call_1', output: 'a.txt' }
    const shot = {
      type: 'computer_call_output',
      call_id: 'call_2',
      output: { type: 'computer_screenshot', image_url: 'data:image/png;base64,AA==' },
    }
    expect(turnsOf(user, call, output, shot)).toMatchObject([
      user,
      {
        tool_calls: [
          { id: 'call_1', function: { name: 'local_shell', arguments: '{"type":"exec","command":["ls"]}' } },
        ],
        native: { content: [call] },
      },
      { role: 'tool', tool_call_id: 'call_1', content: 'a.txt' },
      {
        role: 'tool',
        tool_call_id: 'call_2',
        content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } }],
      },
    ])
  })

  test('a stored prompt or an earlier answer needs no input', () => {
    expect(parseRequest({ model: 'm', prompt: { id: 'pmpt_1' } }).messages).toEqual([])
    expect(parseRequest({ model: 'm', previous_response_id: 'resp_1', input: [] }).messages).toEqual([])
  })
})

describe('tools', () => {
  test('functions are flat; a custom tool has a function with one string as its stand-in', () => {
    const format = { type: 'grammar', syntax: 'lark', definition: 'start: "a"' }
    const tools = [
      {
        type: 'function',
        name: 'f',
        description: 'F',
        parameters: { type: 'object' },
        strict: true,
        defer_loading: true,
      },
      { type: 'custom', name: 'patch', description: 'P', format },
      { type: 'web_search' },
    ]
    expect(parse({ tools }).tools).toEqual([
      {
        type: 'function',
        function: { name: 'f', description: 'F', parameters: { type: 'object' }, strict: true },
        extra: { defer_loading: true },
      },
      {
        type: 'function',
        function: {
          name: 'patch',
          description: 'P',
          parameters: {
            type: 'object',
            properties: {
              input: {
                type: 'string',
                description: 'The whole input of the tool, as text that this lark definition allows:\n\nstart: "a"',
              },
            },
            required: ['input'],
            additionalProperties: false,
          },
        },
        custom: true,
        extra: { format },
      },
      { type: 'server', format: 'openai-responses', tool: { type: 'web_search' } },
    ])
  })

  const hosted = { type: 'image_generation' }
  const allowed = { type: 'allowed_tools', mode: 'required', tools: [{ type: 'function', name: 'f' }, hosted] }
  test.each([
    ['auto', 'auto', undefined],
    ['none', 'none', undefined],
    ['required', 'required', undefined],
    [{ type: 'function', name: 'f' }, { type: 'function', function: { name: 'f' } }, undefined],
    [{ type: 'custom', name: 'f' }, { type: 'function', function: { name: 'f' } }, undefined],
    [hosted, undefined, hosted],
    [allowed, { type: 'allowed_tools', mode: 'required', names: ['f'] }, allowed],
  ])('the choice %j', (choice, canonical, native) => {
    const request = parse({ tool_choice: choice })
    expect(request.tool_choice).toEqual(canonical)
    expect(request.extra?.['tool_choice']).toEqual(native)
  })
})

describe('parameters', () => {
  test('have canonical names where there are some', () => {
    const schema = { type: 'object', properties: {} }
    expect(
      parse({
        text: { format: { type: 'json_schema', name: 'n', schema, strict: true }, verbosity: 'low' },
        reasoning: { effort: 'high', summary: 'auto' },
        include: ['reasoning.encrypted_content', 'message.output_text.logprobs', 'file_search_call.results'],
        top_logprobs: 2,
        max_output_tokens: 99,
        temperature: 0.5,
        top_p: 0.9,
        parallel_tool_calls: false,
        user: 'u',
        service_tier: 'flex',
        store: false,
        background: false,
        truncation: 'auto',
        metadata: null,
      }),
    ).toEqual({
      model: 'm',
      messages: [user],
      response_format: { type: 'json_schema', json_schema: { name: 'n', schema, strict: true } },
      reasoning_effort: 'high',
      encrypted_reasoning: true,
      logprobs: true,
      top_logprobs: 2,
      max_completion_tokens: 99,
      temperature: 0.5,
      top_p: 0.9,
      parallel_tool_calls: false,
      user: 'u',
      service_tier: 'flex',
      echo: { store: false },
      extra: {
        truncation: 'auto',
        include: ['file_search_call.results'],
        text: { verbosity: 'low' },
        reasoning: { summary: 'auto' },
      },
      extra_format: 'openai-responses',
    })
  })
})

describe('errors', () => {
  const call = { type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' }
  const cases: [string, JsonObject, WireError['code'], string][] = [
    ['a run in the background', { background: true }, 'unsupported', 'background'],
    ['no input', { input: undefined }, 'invalid_request', 'input'],
    ['an empty input', { input: [] }, 'invalid_request', 'input'],
    ['a number as input', { input: 1 }, 'invalid_request', 'input'],
    ['a reference', { input: [{ type: 'item_reference', id: 'msg_1' }] }, 'invalid_request', 'input[0]'],
    ['an unknown role', { input: [{ role: 'model', content: '' }] }, 'invalid_request', 'input[0].role'],
    ['an item without type', { input: [{ content: '' }] }, 'invalid_request', 'input[0].type'],
    ['a message without content', { input: [{ role: 'user' }] }, 'invalid_request', 'input[0].content'],
    ['a call without id', { input: [{ ...call, call_id: '' }] }, 'invalid_request', 'input[0]'],
    ['arguments as object', { input: [{ ...call, arguments: {} }] }, 'invalid_request', 'input[0].arguments'],
    [
      'an output without call',
      { input: [{ type: 'function_call_output', output: '' }] },
      'invalid_request',
      'input[0].call_id',
    ],
    [
      'an image without source',
      { input: [{ role: 'user', content: [{ type: 'input_image' }] }] },
      'invalid_request',
      'input[0].content[0]',
    ],
    ['a nameless tool', { tools: [{ type: 'function' }] }, 'invalid_request', 'tools[0].name'],
    ['a wrong choice', { tool_choice: 'any' }, 'invalid_request', 'tool_choice'],
    ['a wrong format', { text: { format: { type: 'xml' } } }, 'invalid_request', 'text.format.type'],
    ['a temperature as text', { temperature: '1' }, 'invalid_request', 'temperature'],
  ]
  test.each(cases)('%s', (...[, fields, code, param]) => {
    let thrown: unknown
    try {
      parse(fields)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(WireError)
    expect(thrown).toMatchObject({ code, param })
  })
})
