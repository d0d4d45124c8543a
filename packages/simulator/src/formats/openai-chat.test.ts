import { describe, expect, test } from 'vitest'

import { ask, post, readEvents, readPayloads, send } from '../__fixtures__/call.ts'
import { createSimulator } from '../create-simulator.ts'

const weather = {
  type: 'function',
  function: {
    name: 'get_weather',
    description: 'The weather of a city',
    parameters: {
      type: 'object',
      properties: {
        city: { type: 'string' },
        unit: { type: 'string', enum: ['c', 'f'] },
        days: { type: 'integer', minimum: 2 },
      },
      required: ['city', 'unit', 'days'],
    },
  },
}
const user = (content: unknown) => ({ role: 'user', content })

describe('answers', () => {
  test('a question is echoed with its usage', async () => {
    const response = await post('openai', ask('openai', { model: 'gpt-4o-mini' }))
    expect(response.status).toBe(200)
    expect(response.headers.get('x-request-id')).toMatch(/^req_/)
    expect(await response.json()).toMatchObject({
      id: expect.stringMatching(/^chatcmpl-/),
      object: 'chat.completion',
      created: 5,
      model: 'gpt-4o-mini',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'You said: hello there', refusal: null, annotations: [] },
          logprobs: null,
          finish_reason: 'stop',
        },
      ],
      usage: {
        prompt_tokens: 2,
        completion_tokens: 4,
        total_tokens: 6,
        prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
        completion_tokens_details: { reasoning_tokens: 0 },
      },
    })
  })

  test('a stream begins with the role, ends with finish, usage and [DONE]', async () => {
    const events = readEvents(await (await post('openai', ask('openai', { stream: true }))).text())
    expect(events.at(-1)?.data).toBe('[DONE]')
    const chunks = events.slice(0, -1).map(({ data }) => JSON.parse(data))
    expect(chunks.map(({ choices }) => choices[0]?.delta?.content ?? '').join('')).toBe('You said: hello there')
    expect(chunks[0].choices[0].delta).toEqual({ role: 'assistant', content: '', refusal: null })
    expect(chunks.filter(({ choices }) => choices[0]?.finish_reason)).toHaveLength(1)
    expect(chunks.at(-1)).toMatchObject({
      choices: [],
      usage: { prompt_tokens: 2, completion_tokens: 4, total_tokens: 6 },
    })
    expect(chunks.slice(0, -1).every(({ usage }) => usage === null)).toBe(true)
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1)
  })

  test('a stream without include_usage has no usage', async () => {
    const body = { model: 'm', stream: true, messages: [user('hi')] }
    expect(await (await post('openai', body)).text()).not.toContain('usage')
  })

  test('Mistral’s usage comes unasked, with the last choice', async () => {
    const body = { model: 'm', stream: true, messages: [user('hi')] }
    const response = await send('/mistral/v1/chat/completions', body, { headers: { authorization: 'Bearer key' } })
    const events = readEvents(await response.text())
    expect(JSON.parse(events.at(-2)?.data ?? '')).toMatchObject({
      choices: [{ finish_reason: 'stop' }],
      usage: { prompt_tokens: 1, completion_tokens: 3 },
    })
    expect(events.filter(({ data }) => data.includes('"total_tokens"'))).toHaveLength(1)
  })

  test('"call" makes a tool call that satisfies the schema', async () => {
    const body = { model: 'm', messages: [user('please call get_weather')], tools: [weather] }
    const { choices, usage } = await (await post('openai', body)).json()
    expect(choices[0].message).toMatchObject({
      content: null,
      tool_calls: [{ type: 'function', function: { name: 'get_weather' } }],
    })
    expect(JSON.parse(choices[0].message.tool_calls[0].function.arguments)).toEqual({
      city: 'city',
      unit: 'c',
      days: 2,
    })
    expect(choices[0].finish_reason).toBe('tool_calls')
    // "please call get_weather" 3 + "get_weather" 1 + "The weather of a city" 5; name 1 + arguments without spaces 1.
    expect([usage.prompt_tokens, usage.completion_tokens]).toEqual([9, 2])
  })

  test('parallel calls stream their arguments in pieces', async () => {
    const time = { type: 'function', function: { name: 'get_time', parameters: { type: 'object', properties: {} } } }
    const body = { model: 'm', stream: true, messages: [user('call get_weather and get_time')], tools: [weather, time] }
    const chunks = await readPayloads(await post('openai', body))
    const deltas = chunks.flatMap((chunk) => chunk.choices[0]?.delta.tool_calls ?? [])
    expect(deltas.filter(({ id }) => id).map(({ index, function: { name } }) => [index, name])).toEqual([
      [0, 'get_weather'],
      [1, 'get_time'],
    ])
    const pieces = deltas.filter(({ index, id }) => index === 0 && !id)
    expect(pieces).toHaveLength(3)
    expect(pieces.map((piece) => piece.function.arguments).join('')).toBe('{"city":"city","unit":"c","days":2}')
  })

  test('tool_choice forces a call; a result is repeated', async () => {
    const forced = { model: 'm', messages: [user('hi')], tools: [weather], tool_choice: 'required' }
    const { choices } = await (await post('openai', forced)).json()
    const call = choices[0].message.tool_calls[0]
    const messages = [user('call get_weather'), { role: 'assistant', content: null, tool_calls: [call] }]
    const result = { role: 'tool', tool_call_id: call.id, content: 'sunny' }
    const answer = await (
      await post('openai', { model: 'm', messages: [...messages, result], tools: [weather] })
    ).json()
    expect(answer.choices[0].message.content).toBe('The tool said: sunny')
  })

  test('images are counted and named', async () => {
    const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }
    const body = { model: 'm', messages: [user([{ type: 'text', text: 'look here' }, image, image])] }
    const { choices, usage } = await (await post('openai', body)).json()
    expect(choices[0].message.content).toBe('You said: look here (2 images: image/png, image/png)')
    expect(usage.prompt_tokens).toBe(2 + 2 * 85)
  })

  test('a JSON schema is satisfied', async () => {
    const schema = {
      type: 'object',
      properties: { name: { type: 'string' }, ok: { type: 'boolean' } },
      required: ['name', 'ok'],
      additionalProperties: false,
    }
    const format = { type: 'json_schema', json_schema: { name: 's', strict: true, schema } }
    const { choices } = await (
      await post('openai', { model: 'm', messages: [user('hi')], response_format: format })
    ).json()
    expect(choices[0].message.content).toBe('{ "name": "name", "ok": true }')
  })

  test('max tokens and stop sequences end the text', async () => {
    const cut = await (await post('openai', { model: 'm', messages: [user('a b c')], max_tokens: 3 })).json()
    expect(cut.choices[0]).toMatchObject({ message: { content: 'You said: a' }, finish_reason: 'length' })
    expect(cut.usage.completion_tokens).toBe(3)
    const stopped = await (await post('openai', { model: 'm', messages: [user('a b c')], stop: 'b' })).json()
    expect(stopped.choices[0]).toMatchObject({ message: { content: 'You said: a' }, finish_reason: 'stop' })
  })

  test('several choices, log probabilities, refusals and citations', async () => {
    const two = await (
      await post('openai', { model: 'm', messages: [user('hi')], n: 2, logprobs: true, top_logprobs: 1 })
    ).json()
    expect(two.choices.map((choice: { message: { content: string } }) => choice.message.content)).toEqual([
      'You said: hi',
      'You said: hi (choice 2)',
    ])
    expect(two.usage.completion_tokens).toBe(3 + 5)
    expect(two.choices[0].logprobs.content[0]).toMatchObject({
      token: 'You',
      bytes: [89, 111, 117],
      top_logprobs: [{ token: 'You' }],
    })
    const refused = await (await post('openai', { model: 'm', messages: [user('refuse')] })).json()
    expect(refused.choices[0].message).toMatchObject({ content: null, refusal: "I can't help with that." })
    const cited = await (await post('openai', { model: 'm', messages: [user('cite')] })).json()
    expect(cited.choices[0].message.annotations).toMatchObject([
      { type: 'url_citation', url_citation: { start_index: 0, end_index: 14 } },
    ])
  })

  test('reasoning effort is billed and hidden; a reasoner shows its reasoning', async () => {
    const hidden = await (
      await post('openai', { model: 'gpt-5-mini', messages: [user('hi')], reasoning_effort: 'low' })
    ).json()
    expect(hidden.usage).toMatchObject({ completion_tokens: 19, completion_tokens_details: { reasoning_tokens: 16 } })
    const shown = await (await post('openai', { model: 'deepseek-reasoner', messages: [user('hi')] })).json()
    expect(shown.choices[0].message.reasoning_content).toBe('Thinking about: hi')
  })

  test('a repeated prompt_cache_key reads the cached prefix', async () => {
    const simulator = createSimulator()
    const turn = (...messages: unknown[]) =>
      post('openai', { model: 'm', prompt_cache_key: 'k', messages }, { simulator })
    const system = { role: 'system', content: 'one two three' }
    expect((await (await turn(system, user('a'))).json()).usage.prompt_tokens_details.cached_tokens).toBe(0)
    expect((await (await turn(system, user('b'))).json()).usage.prompt_tokens_details.cached_tokens).toBe(3)
  })
})

describe('refusals of wrong requests', () => {
  const base = { model: 'gpt-4o', messages: [user('hi')] }
  const call = { id: 'c1', type: 'function', function: { name: 'f', arguments: '{}' } }
  const cases: [string, Record<string, unknown>, { param: string | null; code: string | null }][] = [
    ['unknown field', { ...base, top_k: 1 }, { param: 'top_k', code: 'unknown_parameter' }],
    [
      'unknown role',
      { ...base, messages: [{ role: 'model', content: 'x' }] },
      { param: 'messages[0].role', code: 'invalid_value' },
    ],
    [
      'unknown part',
      { ...base, messages: [user([{ type: 'image' }])] },
      { param: 'messages[0].content[0].type', code: 'invalid_value' },
    ],
    ['missing messages', { model: 'm' }, { param: 'messages', code: 'missing_required_parameter' }],
    ['wrong type', { ...base, temperature: '1' }, { param: 'temperature', code: 'invalid_type' }],
    ['no messages', { ...base, messages: [] }, { param: 'messages', code: 'empty_array' }],
    [
      'max_tokens for gpt-5',
      { ...base, model: 'gpt-5', max_tokens: 5 },
      { param: 'max_tokens', code: 'unsupported_parameter' },
    ],
    [
      'stray tool message',
      { ...base, messages: [user('x'), { role: 'tool', tool_call_id: 'c1', content: 'r' }] },
      { param: 'messages.[1].role', code: null },
    ],
    [
      'unanswered call',
      { ...base, messages: [{ role: 'assistant', tool_calls: [call] }, user('x')] },
      { param: 'messages.[1].role', code: null },
    ],
    [
      'object arguments',
      { ...base, messages: [{ role: 'assistant', tool_calls: [{ ...call, function: { name: 'f', arguments: {} } }] }] },
      { param: 'messages[0].tool_calls[0].function.arguments', code: 'invalid_type' },
    ],
    [
      'bad image',
      { ...base, messages: [user([{ type: 'image_url', image_url: { url: 'AAAA' } }])] },
      { param: 'messages.[0].content', code: 'invalid_image_url' },
    ],
    [
      'array tool schema',
      { ...base, tools: [{ type: 'function', function: { name: 'f', parameters: { type: 'array' } } }] },
      { param: 'tools[0].function.parameters', code: 'invalid_function_parameters' },
    ],
    ['stream_options without stream', { ...base, stream_options: {} }, { param: 'stream_options', code: null }],
  ]
  test.each(cases)('%s', async (_, body, expected) => {
    const response = await post('openai', body)
    expect(response.status).toBe(400)
    expect((await response.json()).error).toMatchObject({ type: 'invalid_request_error', ...expected })
  })

  test('credentials: none, bad, leaked', async () => {
    const errorOf = async (authorization: string) => {
      const response = await post('openai', base, { headers: { authorization } })
      return [response.status, (await response.json()).error.code]
    }
    expect(await errorOf('')).toEqual([401, null])
    expect(await errorOf('Bearer bad-key')).toEqual([401, 'invalid_api_key'])
    expect(await errorOf('Bearer gw_secret')).toEqual([401, 'gateway_key_leaked'])
  })
})
