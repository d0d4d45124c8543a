import { describe, expect, test } from 'vitest'
import { secrets, startGateway } from './start-gateway.ts'

const ask = (text: string) => ({ contents: [{ role: 'user', parts: [{ text }] }] })

interface Answer {
  candidates?: { content?: { parts?: { text?: string }[] }; finishReason?: string }[]
  usageMetadata?: { totalTokenCount: number }
  error?: { code: number; status: string }
}

const textOf = (answers: readonly Answer[]): string =>
  answers
    .flatMap(({ candidates }) => candidates?.[0]?.content?.parts ?? [])
    .map(({ text = '' }) => text)
    .join('')

describe.each([
  ['another format', 'openai/gpt-4o-mini'],
  ['its own format', 'google-ai-studio/gemini-2.5-flash'],
])('generateContent, for a provider that speaks %s', (_title, model) => {
  test('streams one JSON array unless events are asked for', async () => {
    const gateway = await startGateway()
    const response = await gateway.post(`/v1beta/models/${model}:streamGenerateContent`, ask('hi'), secrets)
    expect(response.headers.get('content-type')).toMatch(/^application\/json/)
    const answers: Answer[] = JSON.parse(await response.text())
    expect(answers.length).toBeGreaterThan(1)
    expect([textOf(answers), answers.at(-1)?.usageMetadata?.totalTokenCount]).toEqual(['You said: hi', 4])
    expect((await gateway.rowOf(response)).usage).toEqual({ input: 1, output: 3 })
  })

  test('streams events with ?alt=sse', async () => {
    const gateway = await startGateway()
    const response = await gateway.post(`/v1beta/models/${model}:streamGenerateContent?alt=sse`, ask('hi'), secrets)
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
    const events = (await response.text()).split(/\r?\n\r?\n/).filter(Boolean)
    expect(textOf(events.map((event): Answer => JSON.parse(event.replace('data: ', ''))))).toBe('You said: hi')
  })

  test('ends an array with the error of a stream that breaks off', async () => {
    const gateway = await startGateway()
    const response = await gateway.post(`/v1beta/models/${model}+cut:2:streamGenerateContent`, ask('words 9'), secrets)
    const answers: Answer[] = JSON.parse(await response.text())
    expect(answers.at(-1)?.error).toMatchObject({ code: 502 })
    expect((await gateway.rowOf(response)).ending).toBe('truncated')
  })
})

test.each([
  ['/v1beta/models/openai/gpt-4o-mini:generateContent', { contents: 'hi' }, /^`contents` must be an array/],
  ['/v1beta/models/openai/gpt-4o-mini:generateContent', { contents: [] }, /^`contents` is empty/],
  ['/v1beta/models/openai/gpt-4o-mini:predict', ask('hi'), /^There is nothing at \/v1beta\/models\//],
  ['/v1beta/models/nobody/x:generateContent', ask('hi'), /^Unknown provider "nobody"/],
])('%s with %j is refused in Gemini’s words', async (path, body, message) => {
  const gateway = await startGateway()
  const response = await gateway.post(path, body)
  expect(await response.json()).toMatchObject({
    error: { code: response.status, message: expect.stringMatching(message) },
  })
})
