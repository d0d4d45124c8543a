import { describe, expect, test } from 'vitest'

import { ask, post, readEvents } from '../__fixtures__/call.ts'

const model = '@cf/meta/llama-3.1-8b-instruct'
const user = (content: unknown) => ({ role: 'user', content })
const tool = {
  name: 'f',
  description: 'does it',
  parameters: { type: 'object', properties: { q: { type: 'string' } } },
}

describe('answers', () => {
  test('a question is echoed inside the envelope', async () => {
    expect(await (await post('workersAi', ask('workersAi'))).json()).toEqual({
      result: {
        response: 'You said: hello there',
        tool_calls: [],
        usage: { prompt_tokens: 2, completion_tokens: 4, total_tokens: 6 },
      },
      success: true,
      errors: [],
      messages: [],
    })
  })

  test('a stream of responses ends with usage and [DONE]', async () => {
    const events = readEvents(await (await post('workersAi', ask('workersAi', { stream: true }))).text()).map(
      ({ data }) => data,
    )
    expect(events.at(-1)).toBe('[DONE]')
    const payloads = events.slice(0, -1).map((data) => JSON.parse(data))
    expect(payloads.map(({ response }) => response).join('')).toBe('You said: hello there')
    expect(payloads.at(-1)).toEqual({
      response: '',
      usage: { prompt_tokens: 2, completion_tokens: 4, total_tokens: 6 },
    })
  })

  test('a prompt, a tool call with object arguments, an object in JSON mode', async () => {
    expect((await (await post('workersAi', { model, prompt: 'hi' })).json()).result.response).toBe('You said: hi')
    const called = await (await post('workersAi', { model, messages: [user('call f')], tools: [tool] })).json()
    expect(called.result.tool_calls).toEqual([{ name: 'f', arguments: { q: 'q' } }])
    const format = { type: 'json_schema', json_schema: { type: 'object', properties: { a: { type: 'integer' } } } }
    const structured = await (
      await post('workersAi', { model, messages: [user('hi')], response_format: format })
    ).json()
    expect(structured.result.response).toEqual({ a: 1 })
  })

  test('max_tokens is 256 unless given', async () => {
    const { result } = await (await post('workersAi', { model, prompt: 'words 300' })).json()
    expect(result.usage.completion_tokens).toBe(256)
  })

  test('newer models answer as chat completions in the envelope', async () => {
    const { result, success } = await (
      await post('workersAi', { model: '@cf/openai/gpt-oss-120b', messages: [user('hi')] })
    ).json()
    expect(success).toBe(true)
    expect(result).toMatchObject({ object: 'chat.completion', choices: [{ message: { content: 'You said: hi' } }] })
  })
})

test('wrong requests and keys are refused in the envelope', async () => {
  const errorOf = async (body: object, headers = {}) => {
    const response = await post('workersAi', { model, ...body }, { headers })
    const { success, errors, result } = await response.json()
    expect([success, result]).toEqual([false, null])
    return [response.status, errors[0].code]
  }
  expect(await errorOf({})).toEqual([400, 5006])
  expect(await errorOf({ prompt: 1 })).toEqual([400, 5006])
  expect(await errorOf({ prompt: 'x', max_completion_tokens: 1 })).toEqual([400, 5006])
  expect(await errorOf({ prompt: 'x' }, { authorization: 'Bearer bad-key' })).toEqual([401, 10000])
})
