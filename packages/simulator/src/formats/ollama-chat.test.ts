import { describe, expect, test } from 'vitest'
import { send } from '../__fixtures__/call.ts'

const messages = [{ role: 'user', content: 'hello there' }]
const chat = (body: object, path = '/sim/ollama/api/chat') => send(path, { model: 'llama3.2', ...body })
const linesOf = (text: string): ReturnType<typeof JSON.parse>[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
const ending = { done: true, done_reason: 'stop', prompt_eval_count: 2, eval_count: 4, eval_duration: 1_000_000 }

describe('answers', () => {
  test('a question is echoed with its counts', async () => {
    const response = await chat({ messages, stream: false })
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toMatchObject({
      model: 'llama3.2',
      message: { role: 'assistant', content: 'You said: hello there' },
      ...ending,
    })
  })

  test('a stream, which is the default, has a line for each word', async () => {
    const response = await chat({ messages })
    expect(response.headers.get('content-type')).toBe('application/x-ndjson')
    const lines = linesOf(await response.text())
    expect(lines.map(({ message }) => message.content)).toEqual(['You', ' said:', ' hello', ' there', ''])
    expect(lines.map(({ done }) => done)).toEqual([false, false, false, false, true])
    expect(lines.at(-1)).toMatchObject(ending)
  })

  test('a prompt is answered in `response`', async () => {
    const body = { system: 'Be brief.', prompt: 'hello there', stream: false }
    const answer = await (await chat(body, '/sim/ollama/api/generate')).json()
    expect(answer).toMatchObject({ response: 'You said: hello there', ...ending, prompt_eval_count: 4 })
    expect(answer).not.toHaveProperty('message')
  })

  test('a call has its arguments as an object, and no id', async () => {
    const parameters = { type: 'object', properties: { q: { type: 'string' } } }
    const tools = [{ type: 'function', function: { name: 'f', description: 'does it', parameters } }]
    const asked = [{ role: 'user', content: 'call f' }]
    const { message } = await (await chat({ messages: asked, tools, stream: false })).json()
    expect(message.tool_calls).toEqual([{ function: { index: 0, name: 'f', arguments: { q: 'q' } } }])
    const lines = linesOf(await (await chat({ messages: asked, tools })).text())
    expect(lines[0].message.tool_calls).toEqual(message.tool_calls)
  })

  test('thinking and the limit', async () => {
    const { message } = await (await chat({ messages, think: true, stream: false })).json()
    expect(message.thinking).toBe('Thinking about: hello there')
    const short = await (await chat({ messages, options: { num_predict: 2 }, stream: false })).json()
    expect([short.message.content, short.done_reason, short.eval_count]).toEqual(['You said:', 'length', 2])
  })
})

test.each([
  [{ model: 5, messages }, 400],
  [{ messages: [{ role: 'user', content: 5 }] }, 400],
  [{ messages, options: { seed: 'x' } }, 400],
  [{ model: 'x+model-not-found', messages }, 404],
  [{ model: 'x+status:503', messages }, 503],
])('%o is refused', async (body, status) => {
  const response = await chat(body)
  expect([response.status, await response.json()]).toEqual([status, { error: expect.any(String) }])
})
