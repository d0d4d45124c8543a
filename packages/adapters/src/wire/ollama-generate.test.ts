import { describe, expect, test } from 'vitest'
import { createTestContext } from '../testing/create-test-context.ts'
import { ollamaGenerate } from './ollama-generate.ts'

const context = createTestContext('llama3.2')
const created_at = '2023-11-14T22:13:20.000Z'
const ending = {
  done: true,
  done_reason: 'stop',
  total_duration: 1,
  load_duration: 0,
  prompt_eval_count: 7,
  prompt_eval_duration: 1,
  eval_count: 5,
  eval_duration: 1,
}
const native = { model: 'llama3.2', created_at, response: 'At noon', thinking: 'Hm.', ...ending }

describe('a prompt', () => {
  test('is a chat of one turn', () => {
    const empty = { template: '', context: [], raw: false, suffix: '' }
    const body = {
      model: 'llama3.2',
      system: 'Be brief.',
      prompt: 'Hi',
      images: ['AAAA'],
      options: { seed: 7 },
      ...empty,
    }
    const request = ollamaGenerate.parseRequest(body, context)
    expect(request).toEqual({
      model: 'llama3.2',
      messages: [
        { role: 'system', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Hi' },
            { type: 'image_url', image_url: { url: 'data:image/jpeg;base64,AAAA' } },
          ],
        },
      ],
      seed: 7,
      stream: true,
      extra_format: 'ollama-chat',
    })
  })

  test.each([{}, { prompt: '' }, { prompt: 5 }])('must be there: %o', (body) => {
    expect(() => ollamaGenerate.parseRequest(body, context)).toThrow(
      expect.objectContaining({ code: 'invalid_request', param: 'prompt' }),
    )
  })

  test('is answered with `response`, and such an answer is read', () => {
    const answer = ollamaGenerate.parseResponse({ ...native, context: [1, 2] }, context)
    expect(answer.choices[0]?.message).toMatchObject({ content: 'At noon', reasoning_content: 'Hm.' })
    expect(ollamaGenerate.formatResponse(answer, context)).toEqual(native)
  })

  test('is answered with a stream of `response`, and such a stream is read', () => {
    const lines = [
      { model: 'llama3.2', created_at, response: 'At ', done: false },
      { model: 'llama3.2', created_at, response: 'noon', done: false },
      { model: 'llama3.2', created_at, response: '', ...ending },
    ]
    const decoder = ollamaGenerate.createDecoder(createTestContext())
    const encoder = ollamaGenerate.createEncoder({ model: '', messages: [] }, createTestContext())
    const items = lines.flatMap((line) => decoder.push({ data: JSON.stringify(line) }))
    const text = items.map((item) => (item.type === 'chunk' ? encoder.push(item.chunk) : '')).join('') + encoder.end()
    expect(decoder.finished).toBe(true)
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(lines)
  })

  test('that fails says so', () => {
    const decoder = ollamaGenerate.createDecoder(context)
    expect(decoder.push({ data: '{"error":"No."}' })).toMatchObject([{ type: 'error', error: { message: 'No.' } }])
  })
})
