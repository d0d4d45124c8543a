import { describe, expect, test } from 'vitest'

import { ask, post, readEvents } from '../__fixtures__/call.ts'

const user = (content: unknown) => ({ role: 'user', content })
const tool = {
  type: 'function',
  function: {
    name: 'f',
    description: 'does it',
    parameters: { type: 'object', properties: { q: { type: 'string' } } },
  },
}
const base = { model: 'command-a', messages: [user('hi')] }

describe('answers', () => {
  test('a question is echoed with its usage', async () => {
    expect(await (await post('cohere', ask('cohere'))).json()).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/),
      message: { role: 'assistant', content: [{ type: 'text', text: 'You said: hello there' }] },
      finish_reason: 'COMPLETE',
      usage: {
        billed_units: { input_tokens: 2, output_tokens: 4 },
        tokens: { input_tokens: 2, output_tokens: 4 },
        cached_tokens: 0,
      },
    })
  })

  test('a stream has every event in order', async () => {
    const events = readEvents(await (await post('cohere', ask('cohere', { stream: true }))).text())
    expect(events.map(({ event, data }) => event ?? data)).toEqual([
      'message-start',
      'content-start',
      ...Array.from({ length: 4 }, () => 'content-delta'),
      'content-end',
      'message-end',
      '[DONE]',
    ])
  })

  test('a tool call streams as start, deltas, end; definitions are not billed', async () => {
    const body = { ...base, tools: [tool], tool_choice: 'REQUIRED' }
    const whole = await (await post('cohere', body)).json()
    expect(whole).toMatchObject({
      message: { tool_calls: [{ function: { name: 'f', arguments: '{"q":"q"}' } }] },
      finish_reason: 'TOOL_CALL',
    })
    expect(whole.usage).toMatchObject({ billed_units: { input_tokens: 1 }, tokens: { input_tokens: 1 + 3 } })
    const events = readEvents(await (await post('cohere', { ...body, stream: true })).text())
    const calls = events.filter(({ event }) => event?.startsWith('tool-call')).map(({ data }) => JSON.parse(data))
    expect(calls.map(({ type }) => type)).toEqual([
      'tool-call-start',
      'tool-call-delta',
      'tool-call-delta',
      'tool-call-delta',
      'tool-call-end',
    ])
    expect(calls.map(({ delta }) => delta?.message.tool_calls.function.arguments ?? '').join('')).toBe('{"q":"q"}')
  })

  test('thinking and citations', async () => {
    const body = {
      ...base,
      messages: [user('cite')],
      thinking: { type: 'enabled' },
      documents: [{ id: 'd1', data: { text: 'facts' } }],
    }
    const { message } = await (await post('cohere', body)).json()
    expect(message.content[0]).toEqual({ type: 'thinking', thinking: 'Thinking about: cite' })
    expect(message.citations).toMatchObject([{ start: 0, end: 14, sources: [{ type: 'document', id: 'd1' }] }])
  })
})

describe('refusals of wrong requests', () => {
  const cases: [string, Record<string, unknown>, [status: number, message: string]][] = [
    ['top_p', { ...base, top_p: 0.5 }, [422, "unknown field: parameter 'top_p' is not a valid field"]],
    ['stop', { ...base, stop: ['x'] }, [422, "unknown field: parameter 'stop' is not a valid field"]],
    ['no messages', { model: 'm' }, [400, 'messages is required']],
    ['openai tool_choice', { ...base, tools: [tool], tool_choice: 'required' }, [400, 'tool_choice must be one of']],
    [
      'stray tool result',
      { ...base, messages: [user('x'), { role: 'tool', tool_call_id: 't', content: 'r' }] },
      [400, "tool_call_id 't'"],
    ],
  ]
  test.each(cases)('%s', async (_, body, [status, message]) => {
    const response = await post('cohere', body)
    expect(response.status).toBe(status)
    expect((await response.json()).message).toContain(message)
  })

  test('a bad key', async () => {
    const response = await post('cohere', base, { headers: { authorization: 'Bearer bad-key' } })
    expect([response.status, Object.keys(await response.json())]).toEqual([401, ['id', 'message']])
  })
})
