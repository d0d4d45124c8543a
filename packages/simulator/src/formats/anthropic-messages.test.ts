import { describe, expect, test } from 'vitest'

import { ask, post, readEvents } from '../__fixtures__/call.ts'
import { createSimulator } from '../create-simulator.ts'

const user = (content: unknown) => ({ role: 'user', content })
const tool = {
  name: 'f',
  description: 'does it',
  input_schema: { type: 'object', properties: { q: { type: 'string' } }, required: ['q'] },
}
const base = { model: 'claude-sonnet-4-5', max_tokens: 2000, messages: [user('hi')] }

describe('answers', () => {
  test('a question is echoed with its usage', async () => {
    const response = await post('anthropic', ask('anthropic'))
    expect(response.headers.get('request-id')).toMatch(/^req_/)
    expect(await response.json()).toEqual({
      id: expect.stringMatching(/^msg_/),
      type: 'message',
      role: 'assistant',
      model: 'm',
      content: [{ type: 'text', text: 'You said: hello there' }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: {
        input_tokens: 2,
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: 0,
        cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
        output_tokens: 4,
        output_tokens_details: { thinking_tokens: 0 },
        service_tier: 'standard',
      },
    })
  })

  test('a stream has every event in order', async () => {
    const events = readEvents(await (await post('anthropic', ask('anthropic', { stream: true }))).text())
    expect(events.map(({ event }) => event)).toEqual([
      'message_start',
      'ping',
      'content_block_start',
      ...Array.from({ length: 4 }, () => 'content_block_delta'),
      'content_block_stop',
      'message_delta',
      'message_stop',
    ])
    expect(events.every(({ event, data }) => JSON.parse(data).type === event)).toBe(true)
    expect(JSON.parse(events[8]?.data ?? '')).toMatchObject({
      delta: { stop_reason: 'end_turn' },
      usage: { output_tokens: 4 },
    })
  })

  test('thinking comes signed, before a streamed tool call, and must come back unchanged', async () => {
    const thinking = { type: 'enabled', budget_tokens: 1024 }
    const body = { ...base, thinking, tools: [tool], messages: [user('call f')] }
    const { content, stop_reason, usage } = await (await post('anthropic', body)).json()
    expect(content).toMatchObject([
      { type: 'thinking', thinking: 'Thinking about: call f', signature: expect.any(String) },
      { type: 'tool_use', id: expect.stringMatching(/^toolu_/), name: 'f', input: { q: 'q' } },
    ])
    expect(stop_reason).toBe('tool_use')
    expect(usage).toMatchObject({
      input_tokens: 2 + 1 + 2,
      output_tokens: 4 + 2,
      output_tokens_details: { thinking_tokens: 4 },
    })

    const result = user([{ type: 'tool_result', tool_use_id: content[1].id, content: 'done' }])
    const next = (assistant: unknown) =>
      post('anthropic', {
        ...body,
        messages: [user('call f'), { role: 'assistant', content: assistant }, result],
      })
    expect((await (await next(content)).json()).content.at(-1)).toEqual({ type: 'text', text: 'The tool said: done' })
    expect(await (await next([{ ...content[0], thinking: 'changed' }, content[1]])).text()).toContain(
      'Invalid `signature`',
    )
    expect(await (await next([content[1]])).text()).toContain('Expected `thinking`')

    const deltas = readEvents(await (await post('anthropic', { ...body, stream: true })).text()).map(
      ({ data }) => JSON.parse(data).delta,
    )
    const json = deltas.filter((delta) => delta?.type === 'input_json_delta').map((delta) => delta.partial_json)
    expect(json.length).toBeGreaterThan(2)
    expect(json.join('')).toBe('{"q":"q"}')
    expect(deltas.find((delta) => delta?.type === 'signature_delta').signature).toBe(content[0].signature)
  })

  test('cache: written once by lifetime, read afterwards, gone after five minutes', async () => {
    let nowMs = 0
    const simulator = createSimulator({ now: () => nowMs })
    const system = [
      { type: 'text', text: 'a b c', cache_control: { type: 'ephemeral', ttl: '1h' } },
      { type: 'text', text: 'd e', cache_control: { type: 'ephemeral' } },
    ]
    const usageOf = async () => {
      const response = await post('anthropic', { ...base, system }, { simulator })
      const { input_tokens, cache_read_input_tokens, cache_creation } = (await response.json()).usage
      return [
        input_tokens,
        cache_read_input_tokens,
        cache_creation.ephemeral_5m_input_tokens,
        cache_creation.ephemeral_1h_input_tokens,
      ]
    }
    expect(await usageOf()).toEqual([1, 0, 2, 3])
    expect(await usageOf()).toEqual([1, 5, 0, 0])
    nowMs = 300_001
    expect(await usageOf()).toEqual([1, 3, 2, 0])
  })

  test('stop sequences, max tokens, refusals, citations', async () => {
    const stopped = await (
      await post('anthropic', { ...base, messages: [user('a b c')], stop_sequences: ['b'] })
    ).json()
    expect(stopped).toMatchObject({
      content: [{ text: 'You said: a' }],
      stop_reason: 'stop_sequence',
      stop_sequence: 'b',
    })
    const cut = await (await post('anthropic', { ...base, max_tokens: 1 })).json()
    expect(cut).toMatchObject({ content: [{ text: 'You' }], stop_reason: 'max_tokens' })
    const refused = await (await post('anthropic', { ...base, messages: [user('refuse')] })).json()
    expect(refused).toMatchObject({ content: [], stop_reason: 'refusal' })
    const source = { type: 'text', media_type: 'text/plain', data: 'facts' }
    const cited = await (
      await post('anthropic', {
        ...base,
        messages: [
          user([
            { type: 'document', source },
            { type: 'text', text: 'cite' },
          ]),
        ],
      })
    ).json()
    expect(cited.content[0].citations).toMatchObject([
      { type: 'char_location', cited_text: 'facts', start_char_index: 0, end_char_index: 5 },
    ])
  })
})

describe('refusals of wrong requests', () => {
  const use = { type: 'tool_use', id: 't1', name: 'f', input: {} }
  const cases: [string, Record<string, unknown>, string][] = [
    ['no max_tokens', { model: 'm', messages: [user('x')] }, 'max_tokens: Field required'],
    ['unknown field', { ...base, n: 1 }, 'n: Extra inputs are not permitted'],
    ['hot temperature', { ...base, temperature: 1.5 }, 'temperature: Input should be a number <= 1'],
    [
      'system role',
      { ...base, messages: [{ role: 'system', content: 'x' }] },
      "messages.0.role: Input should be one of 'user', 'assistant'",
    ],
    [
      'assistant first',
      { ...base, messages: [{ role: 'assistant', content: 'x' }] },
      'messages: first message must use the "user" role',
    ],
    [
      'empty text block',
      { ...base, messages: [user([{ type: 'text', text: '' }])] },
      'messages.0: text content blocks must be non-empty',
    ],
    [
      'trailing space',
      { ...base, messages: [user('x'), { role: 'assistant', content: 'so ' }] },
      'messages: final assistant content cannot end with trailing whitespace',
    ],
    [
      'openai image',
      { ...base, messages: [user([{ type: 'image_url' }])] },
      "messages.0.content.0.type: Input should be one of 'text', 'image', 'document', 'search_result', 'tool_result'",
    ],
    [
      'unanswered call',
      { ...base, tools: [tool], messages: [user('x'), { role: 'assistant', content: [use] }, user('y')] },
      'messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: t1',
    ],
    [
      'openai tool',
      { ...base, tools: [{ type: 'function', function: {} }] },
      "tools.0.type: Input should be one of 'custom'",
    ],
    [
      'schema without type',
      { ...base, tools: [{ name: 'f', input_schema: {} }] },
      'tools.0.input_schema.type: Field required',
    ],
    [
      'forced call while thinking',
      { ...base, tools: [tool], tool_choice: { type: 'any' }, thinking: { type: 'enabled', budget_tokens: 1024 } },
      'Thinking may not be enabled when tool_choice forces tool use.',
    ],
  ]
  test.each(cases)('%s', async (_, body, message) => {
    const response = await post('anthropic', body)
    expect(response.status).toBe(400)
    const { type, error } = await response.json()
    expect([type, error.type]).toEqual(['error', 'invalid_request_error'])
    expect(error.message).toContain(message)
  })

  test('the version header is mandatory and the key checked', async () => {
    expect(await (await post('anthropic', base, { headers: { 'anthropic-version': '' } })).text()).toContain(
      'anthropic-version',
    )
    const bad = await post('anthropic', base, { headers: { 'x-api-key': 'bad-key' } })
    expect([bad.status, (await bad.json()).error]).toEqual([
      401,
      { type: 'authentication_error', message: 'invalid x-api-key' },
    ])
    const leaked = await post('anthropic', base, { headers: { 'x-api-key': 'gw_1' } })
    expect(await leaked.text()).toContain('gateway key leaked upstream')
  })
})
