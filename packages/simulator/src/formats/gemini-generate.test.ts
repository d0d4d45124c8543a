import { describe, expect, test } from 'vitest'

import { ask, post, readPayloads } from '../__fixtures__/call.ts'

const user = (...parts: object[]) => ({ role: 'user', parts })
const text = (value: string) => ({ text: value })
const declaration = {
  name: 'f',
  parameters: { type: 'OBJECT', properties: { q: { type: 'STRING' } }, required: ['q'] },
}
const tools = [{ functionDeclarations: [declaration] }]
const generate = (body: object, model = 'gemini-2.5-flash') =>
  post('gemini', { model: `${model}:generateContent`, ...body })

describe('answers', () => {
  test('a question is echoed with its usage', async () => {
    const response = await post('gemini', ask('gemini', { model: 'gemini-2.5-flash' }))
    expect(await response.json()).toEqual({
      candidates: [
        { content: { role: 'model', parts: [{ text: 'You said: hello there' }] }, finishReason: 'STOP', index: 0 },
      ],
      usageMetadata: {
        promptTokenCount: 2,
        candidatesTokenCount: 4,
        totalTokenCount: 6,
        promptTokensDetails: [{ modality: 'TEXT', tokenCount: 2 }],
      },
      modelVersion: 'gemini-2.5-flash',
      responseId: expect.any(String),
    })
  })

  test('alt=sse streams with CRLF, cumulative usage and one finish', async () => {
    const response = await post('gemini', ask('gemini', { stream: true }))
    expect(await response.clone().text()).toContain('\r\n\r\n')
    const chunks = await readPayloads(response)
    expect(chunks.map((chunk) => chunk.usageMetadata.candidatesTokenCount)).toEqual([1, 2, 3, 4, 4])
    expect(chunks.filter((chunk) => JSON.stringify(chunk).includes('finishReason'))).toHaveLength(1)
  })

  test('without alt=sse the stream is one JSON array', async () => {
    const response = await post('gemini', { model: 'm:streamGenerateContent', contents: [user(text('hi'))] })
    const chunks = JSON.parse(await response.text())
    expect(chunks).toHaveLength(4)
    expect(chunks.at(-1).candidates[0].finishReason).toBe('STOP')
  })

  test('thoughts are parts of their own and counted apart', async () => {
    const generationConfig = { thinkingConfig: { includeThoughts: true } }
    const { candidates, usageMetadata } = await (
      await generate({ contents: [user(text('hi'))], generationConfig })
    ).json()
    expect(candidates[0].content.parts).toEqual([
      { text: 'Thinking about: hi', thought: true },
      { text: 'You said: hi' },
    ])
    expect(usageMetadata).toMatchObject({
      promptTokenCount: 1,
      candidatesTokenCount: 3,
      thoughtsTokenCount: 3,
      totalTokenCount: 7,
    })
  })

  test('gemini 3 wants its signature back with the call', async () => {
    const contents = [user(text('call f'))]
    const { candidates } = await (await generate({ contents, tools }, 'gemini-3-pro')).json()
    const [part] = candidates[0].content.parts
    expect(part).toMatchObject({ functionCall: { name: 'f', args: { q: 'q' } }, thoughtSignature: expect.any(String) })
    const next = (call: object) =>
      generate(
        {
          contents: [
            ...contents,
            { role: 'model', parts: [call] },
            user({ functionResponse: { name: 'f', response: { r: 1 } } }),
          ],
          tools,
        },
        'gemini-3-pro',
      )
    expect((await (await next(part)).json()).candidates[0].content.parts[0].text).toBe('The tool said: {"r":1}')
    const unsigned = await next({ functionCall: part.functionCall })
    expect([unsigned.status, (await unsigned.json()).error.message]).toEqual([
      400,
      expect.stringContaining('missing a thought_signature'),
    ])
  })

  test('snake_case is taken; a schema is satisfied; safety blocks without content', async () => {
    const generation_config = {
      response_mime_type: 'application/json',
      response_json_schema: { type: 'object', properties: { my_key: { type: 'number' } } },
    }
    const structured = await (await generate({ contents: [user(text('hi'))], generation_config })).json()
    expect(structured.candidates[0].content.parts).toEqual([{ text: '{ "my_key": 1 }' }])
    const refused = await (await generate({ contents: [user(text('refuse'))] })).json()
    expect(refused.candidates[0]).toMatchObject({ finishReason: 'SAFETY' })
    expect(refused.candidates[0].content).toBeUndefined()
  })
})

describe('refusals of wrong requests', () => {
  const contents = [user(text('x'))]
  const withSchema = (schema: object) => ({
    contents,
    tools: [{ functionDeclarations: [{ name: 'f', parameters: schema }] }],
  })
  const call = { role: 'model', parts: [{ functionCall: { name: 'f', args: {} } }] }
  const cases: [string, Record<string, unknown>, string][] = [
    ['assistant role', { contents: [{ role: 'assistant', parts: [text('x')] }] }, 'contents[0].role'],
    ['unknown field', { contents, messages: [] }, 'Unknown name "messages": Cannot find field.'],
    [
      '$schema in parameters',
      withSchema({ $schema: 'x', type: 'object' }),
      'Unknown name "$schema" at \'tools[0].functionDeclarations[0].parameters\'',
    ],
    [
      'additionalProperties',
      withSchema({ type: 'object', additionalProperties: false }),
      'Unknown name "additionalProperties"',
    ],
    [
      'string response',
      { contents: [...contents, call, user({ functionResponse: { name: 'f', response: 'r' } })] },
      'response',
    ],
    ['unanswered call', { contents: [...contents, call, user(text('y'))] }, 'number of function response parts'],
    [
      'bad base64',
      { contents: [user({ inlineData: { mimeType: 'image/png', data: '%%' } })] },
      'Base64 decoding failed',
    ],
    ['six stops', { contents, generationConfig: { stopSequences: ['1', '2', '3', '4', '5', '6'] } }, 'stopSequences'],
    ['no contents', {}, 'contents is not specified'],
  ]
  test.each(cases)('%s', async (_, body, message) => {
    const response = await generate(body)
    expect(response.status).toBe(400)
    const { error } = await response.json()
    expect(error).toMatchObject({ code: 400, status: 'INVALID_ARGUMENT' })
    expect(error.message).toContain(message)
  })

  test('parametersJsonSchema takes what parameters refuses', async () => {
    const parametersJsonSchema = { $schema: 'x', type: 'object', additionalProperties: false }
    expect(
      (await generate({ contents, tools: [{ functionDeclarations: [{ name: 'f', parametersJsonSchema }] }] })).status,
    ).toBe(200)
  })

  test('a bad key is a 400', async () => {
    const response = await post('gemini', ask('gemini'), { headers: { 'x-goog-api-key': 'bad-key' } })
    expect(response.status).toBe(400)
    expect((await response.json()).error.details[0].reason).toBe('API_KEY_INVALID')
  })
})
