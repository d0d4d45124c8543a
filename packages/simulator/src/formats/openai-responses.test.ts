import { describe, expect, test } from 'vitest'

import { readEvents, readPayloads, send } from '../__fixtures__/call.ts'
import type { LooseResponse } from '../__fixtures__/call.ts'
import { createSimulator } from '../create-simulator.ts'

const key = { authorization: 'Bearer sk-test' }
const respond = (body: Record<string, unknown>, provider = 'openai'): Promise<LooseResponse> =>
  send(`/${provider}/v1/responses`, { model: 'm', ...body }, { headers: key })
const answer = async (body: Record<string, unknown>) => (await respond(body)).json()
const events = async (body: Record<string, unknown>) => readPayloads(await respond({ stream: true, ...body }))
const typesOf = (list: { type: string }[]): string[] => list.map(({ type }) => type.replace('response.', ''))

const weather = {
  type: 'function',
  name: 'get_weather',
  description: 'The weather of a city',
  parameters: {
    type: 'object',
    properties: { city: { type: 'string' }, days: { type: 'integer', minimum: 2 } },
    required: ['city', 'days'],
  },
}
const time = { type: 'function', name: 'get_time', parameters: { type: 'object', properties: {} } }
const patch = { type: 'custom', name: 'apply_patch', format: { type: 'text' } }

describe('answers', () => {
  test('a question is echoed with its usage and the parameters', async () => {
    const response = await respond({ input: 'hello there', instructions: 'Be brief.', max_output_tokens: 50 })
    expect(response.status).toBe(200)
    expect(response.headers.get('x-request-id')).toMatch(/^req_/)
    expect(await response.json()).toMatchObject({
      id: expect.stringMatching(/^resp_/),
      object: 'response',
      created_at: 5,
      status: 'completed',
      model: 'm',
      output: [
        {
          id: expect.stringMatching(/^msg_/),
          type: 'message',
          role: 'assistant',
          status: 'completed',
          content: [{ type: 'output_text', text: 'You said: hello there', annotations: [], logprobs: [] }],
        },
      ],
      instructions: 'Be brief.',
      max_output_tokens: 50,
      // "Be brief." 2 + "hello there" 2; "You said: hello there" 4.
      usage: {
        input_tokens: 4,
        input_tokens_details: { cached_tokens: 0 },
        output_tokens: 4,
        output_tokens_details: { reasoning_tokens: 0 },
        total_tokens: 8,
      },
    })
  })

  test('a stream tells of the message and ends with the whole response', async () => {
    const list = await events({ input: 'hi' })
    expect(typesOf(list)).toEqual([
      'created',
      'in_progress',
      'output_item.added',
      'content_part.added',
      'output_text.delta',
      'output_text.delta',
      'output_text.delta',
      'output_text.done',
      'content_part.done',
      'output_item.done',
      'completed',
    ])
    expect(list.map((event) => event.sequence_number)).toEqual(list.map((_, index) => index))
    expect(list.flatMap((event) => event.delta ?? []).join('')).toBe('You said: hi')
    const { response } = list.at(-1)
    expect(response.output).toEqual([list.at(-2).item])
    expect(response.usage).toMatchObject({ input_tokens: 1, output_tokens: 3, total_tokens: 4 })
  })

  test('events are named, and there is no [DONE]', async () => {
    const list = readEvents(await (await respond({ input: 'hi', stream: true })).text())
    for (const { event, data } of list) expect(JSON.parse(data).type).toBe(event)
    expect(list.at(-1)?.event).toBe('response.completed')
  })

  test('"call" makes calls whose arguments satisfy the schema', async () => {
    const { output, status } = await answer({ input: 'call get_weather and get_time', tools: [weather, time] })
    expect(output).toMatchObject([
      { type: 'function_call', call_id: expect.stringMatching(/^call_/), name: 'get_weather', status: 'completed' },
      { type: 'function_call', name: 'get_time', arguments: '{}' },
    ])
    expect(JSON.parse(output[0].arguments)).toEqual({ city: 'city', days: 2 })
    expect(status).toBe('completed')
    const single = await answer({
      input: 'call get_weather and get_time',
      tools: [weather, time],
      parallel_tool_calls: false,
    })
    expect(single.output).toHaveLength(1)
  })

  test('arguments stream in pieces', async () => {
    const list = await events({ input: 'hi', tools: [weather], tool_choice: { type: 'function', name: 'get_weather' } })
    expect(typesOf(list).slice(2, -1)).toEqual([
      'output_item.added',
      'function_call_arguments.delta',
      'function_call_arguments.delta',
      'function_call_arguments.delta',
      'function_call_arguments.done',
      'output_item.done',
    ])
    expect(list.flatMap((event) => event.delta ?? []).join('')).toBe('{"city":"city","days":2}')
  })

  test('a custom tool gets free text', async () => {
    const { output } = await answer({ input: 'call apply_patch', tools: [patch] })
    expect(output).toMatchObject([{ type: 'custom_tool_call', name: 'apply_patch', input: 'input' }])
    const list = await events({ input: 'call apply_patch', tools: [patch] })
    expect(typesOf(list)).toContain('custom_tool_call_input.done')
  })

  test('a result is repeated', async () => {
    const first = await answer({ input: 'call get_weather', tools: [weather] })
    const [call] = first.output
    const result = { type: 'function_call_output', call_id: call.call_id, output: 'sunny' }
    const input = [{ role: 'user', content: 'call get_weather' }, call, result]
    const { output } = await answer({ input, tools: [weather] })
    expect(output[0].content[0].text).toBe('The tool said: sunny')
  })

  test('images are counted and named', async () => {
    const image = { type: 'input_image', image_url: 'data:image/png;base64,AAAA' }
    const content = [{ type: 'input_text', text: 'look here' }, image, image]
    const { output, usage } = await answer({ input: [{ role: 'user', content }] })
    expect(output[0].content[0].text).toBe('You said: look here (2 images: image/png, image/png)')
    expect(usage.input_tokens).toBe(2 + 2 * 85)
  })

  test('a JSON schema is satisfied', async () => {
    const schema = {
      type: 'object',
      properties: { name: { type: 'string' }, ok: { type: 'boolean' } },
      required: ['name', 'ok'],
      additionalProperties: false,
    }
    const { output } = await answer({
      input: 'hi',
      text: { format: { type: 'json_schema', name: 's', strict: true, schema } },
    })
    expect(output[0].content[0].text).toBe('{ "name": "name", "ok": true }')
  })

  test('a limit makes the answer incomplete', async () => {
    const cut = { input: 'words 40', max_output_tokens: 16 }
    expect(await answer(cut)).toMatchObject({
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      output: [{ status: 'incomplete' }],
      usage: { output_tokens: 16 },
    })
    expect((await events(cut)).at(-1).type).toBe('response.incomplete')
  })

  test('refusals, citations and log probabilities', async () => {
    const refused = await answer({ input: 'refuse' })
    expect(refused.output[0].content).toEqual([{ type: 'refusal', refusal: "I can't help with that." }])
    expect(typesOf(await events({ input: 'refuse' }))).toContain('refusal.done')
    const cited = await events({ input: 'cite' })
    expect(cited.find(({ type }) => type === 'response.output_text.annotation.added').annotation).toMatchObject({
      type: 'url_citation',
      start_index: 0,
      end_index: 14,
    })
    const include = ['message.output_text.logprobs']
    const logged = await answer({ input: 'hi', include, top_logprobs: 1 })
    expect(logged.output[0].content[0].logprobs).toMatchObject([{ token: 'You', top_logprobs: [{}] }, {}, {}])
  })

  test('a repeated prompt_cache_key reads the cached prefix', async () => {
    const simulator = createSimulator()
    const turn = async (text: string) => {
      const body = { model: 'm', instructions: 'one two three', input: text, prompt_cache_key: 'k' }
      return (await send('/openai/v1/responses', body, { simulator, headers: key })).json()
    }
    expect((await turn('a')).usage.input_tokens_details.cached_tokens).toBe(0)
    expect((await turn('b')).usage.input_tokens_details.cached_tokens).toBe(3)
  })
})

describe('reasoning', () => {
  const asking = { model: 'gpt-5-mini', input: 'hi', include: ['reasoning.encrypted_content'], store: false }

  test('is billed, and hidden but for a summary', async () => {
    const hidden = await answer({ model: 'gpt-5-mini', input: 'hi', reasoning: { effort: 'low' } })
    expect(hidden.output[0]).toEqual({ id: expect.stringMatching(/^rs_/), type: 'reasoning', summary: [] })
    expect(hidden.usage).toMatchObject({ output_tokens: 19, output_tokens_details: { reasoning_tokens: 16 } })
    const shown = await events({ model: 'gpt-5-mini', input: 'hi', reasoning: { effort: 'low', summary: 'auto' } })
    expect(shown.find(({ type }) => type === 'response.reasoning_summary_text.done').text).toBe('Thinking about: hi')
  })

  test('is text at other vendors', async () => {
    const response = await respond({ input: 'hi', reasoning: { effort: 'low' } }, 'deepseek')
    expect((await response.json()).output[0].content).toEqual([{ type: 'reasoning_text', text: 'Thinking about: hi' }])
  })

  test('goes back as it came, under its own id or none', async () => {
    const first = await answer(asking)
    const [reasoning, said] = first.output
    const user = { role: 'user', content: 'hi' }
    const again = async (item: unknown) => respond({ ...asking, input: [user, item, said, user] })
    expect((await again(reasoning)).status).toBe(200)
    expect((await again({ ...reasoning, id: undefined })).status).toBe(200)
    const errorOf = async (item: unknown) => (await (await again(item)).json()).error
    expect(await errorOf({ ...reasoning, id: 'rs_other' })).toMatchObject({
      code: 'invalid_encrypted_content',
      message: expect.stringContaining('did not match'),
    })
    expect(await errorOf({ ...reasoning, encrypted_content: 'gw:data/x/:y' })).toMatchObject({
      code: 'invalid_encrypted_content',
      message: expect.stringContaining('could not be decrypted'),
    })
    expect(await errorOf({ ...reasoning, encrypted_content: null })).toMatchObject({
      message: expect.stringContaining('Items are not persisted'),
    })
  })
})

describe('refusals of wrong requests', () => {
  const call = { type: 'function_call', call_id: 'c1', name: 'f', arguments: '{}' }
  const user = (content: unknown) => [{ role: 'user', content }]
  const input = 'hi'
  const cases: [string, Record<string, unknown>, { param: string | null; code: string | null }][] = [
    ['unknown field', { input, stop: ['x'] }, { param: 'stop', code: 'unknown_parameter' }],
    ['chat messages', { messages: [] }, { param: 'messages', code: 'unknown_parameter' }],
    ['no input', {}, { param: 'input', code: 'missing_required_parameter' }],
    ['empty input', { input: [] }, { param: 'input', code: 'empty_array' }],
    ['unknown item', { input: [{ type: 'tool' }] }, { param: 'input[0].type', code: 'invalid_value' }],
    ['unknown role', { input: [{ role: 'tool', content: '' }] }, { param: 'input[0].role', code: 'invalid_value' }],
    [
      'chat part',
      { input: user([{ type: 'text', text: '' }]) },
      { param: 'input[0].content[0].type', code: 'invalid_value' },
    ],
    [
      'input part of the assistant',
      { input: [{ role: 'assistant', content: [{ type: 'input_text', text: '' }] }] },
      { param: 'input[0].content[0]', code: 'invalid_value' },
    ],
    [
      'bad image',
      { input: user([{ type: 'input_image', image_url: 'AAAA' }]) },
      { param: 'input[0].content[0].image_url', code: 'invalid_value' },
    ],
    [
      'bad file',
      { input: user([{ type: 'input_file', filename: 'a.pdf', file_data: 'AAAA' }]) },
      { param: 'input[0].content[0].file_data', code: 'invalid_value' },
    ],
    ['unanswered call', { input: [...user('x'), call] }, { param: 'input', code: null }],
    [
      'stray output',
      { input: [...user('x'), { type: 'function_call_output', call_id: 'c', output: '' }] },
      { param: 'input', code: null },
    ],
    [
      'object arguments',
      { input: [{ ...call, arguments: {} }] },
      { param: 'input[0].arguments', code: 'invalid_type' },
    ],
    [
      'nested tool',
      { input, tools: [{ type: 'function', function: { name: 'f' } }] },
      { param: 'tools[0].function', code: 'unknown_parameter' },
    ],
    [
      'array tool schema',
      { input, tools: [{ type: 'function', name: 'f', parameters: { type: 'array' } }] },
      { param: 'tools[0].parameters', code: 'invalid_function_parameters' },
    ],
    [
      'open strict schema',
      { input, tools: [{ ...weather, strict: true }] },
      { param: 'tools[0].parameters', code: 'invalid_function_parameters' },
    ],
    [
      'choice of no tool',
      { input, tools: [time], tool_choice: { type: 'function', name: 'x' } },
      { param: 'tool_choice', code: null },
    ],
    [
      'too few tokens',
      { input, max_output_tokens: 5 },
      { param: 'max_output_tokens', code: 'integer_below_min_value' },
    ],
    [
      'temperature for gpt-5',
      { model: 'gpt-5', input, temperature: 1 },
      { param: 'temperature', code: 'unsupported_parameter' },
    ],
    [
      'effort for gpt-4o',
      { model: 'gpt-4o', input, reasoning: { effort: 'low' } },
      { param: 'reasoning.effort', code: 'unsupported_parameter' },
    ],
    [
      'secrets of gpt-4o',
      { model: 'gpt-4o', input, include: ['reasoning.encrypted_content'] },
      { param: 'include', code: null },
    ],
    ['json without the word', { input, text: { format: { type: 'json_object' } } }, { param: 'input', code: null }],
    [
      'earlier response',
      { input, previous_response_id: 'resp_1' },
      { param: 'previous_response_id', code: 'previous_response_not_found' },
    ],
    ['reference', { input: [{ type: 'item_reference', id: 'msg_1' }] }, { param: 'input', code: null }],
  ]
  test.each(cases)('%s', async (_, body, expected) => {
    const response = await respond(body)
    expect(response.status).toBe(400)
    expect((await response.json()).error).toMatchObject({ type: 'invalid_request_error', ...expected })
  })

  test('other vendors pass over fields that they do not know', async () => {
    expect((await respond({ input: 'hi', stop: ['x'], temperature: 1 }, 'xai')).status).toBe(200)
  })

  test('credentials: none, bad, leaked', async () => {
    const errorOf = async (authorization: string) => {
      const response = await send('/openai/v1/responses', { model: 'm', input: 'hi' }, { headers: { authorization } })
      return [response.status, (await response.json()).error.code]
    }
    expect(await errorOf('')).toEqual([401, null])
    expect(await errorOf('Bearer bad-key')).toEqual([401, 'invalid_api_key'])
    expect(await errorOf('Bearer gw_secret')).toEqual([401, 'gateway_key_leaked'])
  })
})

describe('faults', () => {
  const streamed = (fault: string) => respond({ model: `m+${fault}`, input: 'hello there', stream: true })

  test.each([
    ['429', 429, 'rate_limit_exceeded'],
    ['context-length', 400, 'context_length_exceeded'],
    ['quota', 429, 'insufficient_quota'],
    ['model-not-found', 404, 'model_not_found'],
  ])('%s', async (fault, status, code) => {
    const response = await respond({ model: `m+${fault}`, input: 'hi' })
    expect(response.status).toBe(status)
    expect((await response.json()).error.code).toBe(code)
  })

  test('the context length names the input', async () => {
    const { error } = await answer({ model: 'm+context-length', input: 'hi' })
    expect(error.param).toBe('input')
  })

  test.each([
    ['error-frame:429', ['error']],
    [
      'preamble-error',
      [
        'response.created',
        'response.in_progress',
        'response.output_item.added',
        'response.content_part.added',
        'error',
      ],
    ],
  ])('%s is an error event', async (fault, expected) => {
    const list = readEvents(await (await streamed(fault)).text())
    expect(list.map(({ event }) => event)).toEqual(expected)
    expect(JSON.parse(list.at(-1)?.data ?? '{}').error.message).not.toBe('')
  })

  test('without its last event the stream just stops', async () => {
    const text = await (await streamed('no-terminal')).text()
    expect(text).toContain('response.output_item.done')
    expect(text).not.toContain('response.completed')
  })

  test('a cut breaks off after that many tokens', async () => {
    const reader = (await streamed('cut:2')).body?.getReader()
    let text = ''
    const read = async (): Promise<void> => {
      for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
        text += new TextDecoder().decode(piece.value)
      }
    }
    await expect(read()).rejects.toThrow('connection')
    expect(text.match(/output_text\.delta\ndata/g)).toHaveLength(2)
  })

  test('usage is left out, or zero', async () => {
    expect((await answer({ model: 'm+no-usage', input: 'hi' })).usage).toBeNull()
    expect((await answer({ model: 'm+zero-usage', input: 'hi' })).usage.total_tokens).toBe(0)
  })

  test('a static answer needs no request that makes sense', async () => {
    const list = readEvents(
      await (await send('/openai/v1/responses', { model: 'm+static+words:3', stream: true })).text(),
    )
    expect(list.at(-1)?.event).toBe('response.completed')
  })
})
