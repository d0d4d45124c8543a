import { describe, expect, test } from 'vitest'
import type { LanguageModelV4Message, LanguageModelV4ToolResultOutput, SharedV4Warning } from '@ai-sdk/provider'
import { toMessages } from './to-messages.ts'

function convert(prompt: LanguageModelV4Message[], seesImages = true) {
  const warnings: SharedV4Warning[] = []
  return { messages: toMessages(prompt, { seesImages, warnings }), warnings }
}

type UserContent = Extract<LanguageModelV4Message, { role: 'user' }>['content']
const user = (...content: UserContent) => convert([{ role: 'user', content }])
const text = (value: string) => ({ type: 'text', text: value }) as const
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d])
const pngUrl = 'data:image/png;base64,iVBORw0='
const image = (mediaType: string, data: Uint8Array | string) =>
  ({ type: 'file', mediaType, data: { type: 'data', data } }) as const
const imageUrl = (url: string) => ({ type: 'image_url', image_url: { url } })

describe("a user's message", () => {
  test('is one string where it is all text', () => {
    expect(user(text('a'), text('b')).messages).toEqual([{ role: 'user', content: 'a\nb' }])
  })

  test('is parts in their order where there is an image', () => {
    const { messages } = user(text('before'), image('image/png', png), text('after'))
    const content = [text('before'), imageUrl(pngUrl), text('after')]
    expect(messages).toEqual([{ role: 'user', content }])
  })

  test.each([
    ['bytes', image('image/png', png), pngUrl],
    ['base64', image('image/png', 'iVBORw0='), pngUrl],
    ['a data URL', image('image/png', pngUrl), pngUrl],
    ['bytes of a type to find out', image('image', png), pngUrl],
    ['bytes of any image type', image('image/*', new Uint8Array([0xff, 0xd8, 0xff])), 'data:image/jpeg;base64,/9j/'],
    ['bytes that nobody knows', image('image', new Uint8Array([1])), 'data:image/png;base64,AQ=='],
    ['a type in capitals', image('IMAGE/PNG', png), 'data:IMAGE/PNG;base64,iVBORw0='],
  ])('takes an image as %s', (_, part, url) => {
    expect(user(part).messages).toEqual([{ role: 'user', content: [imageUrl(url)] }])
  })

  test('passes the URL of an image on', () => {
    const data = { type: 'url', url: new URL('https://a.example/b.png') } as const
    expect(user({ type: 'file', mediaType: 'image/*', data }).messages).toEqual([
      { role: 'user', content: [imageUrl('https://a.example/b.png')] },
    ])
  })

  test('takes documents that are text as text', () => {
    const { messages } = user(
      { type: 'file', mediaType: 'text/markdown', filename: 'a.md', data: { type: 'data', data: btoa('# A') } },
      { type: 'file', mediaType: 'application/json', data: { type: 'text', text: '{}' } },
    )
    expect(messages).toEqual([{ role: 'user', content: 'a.md:\n# A\n{}' }])
  })

  test.each([
    ['application/pdf', { type: 'data', data: 'JVBERi0=' } as const],
    ['audio/wav', { type: 'data', data: 'UklGRg==' } as const],
    ['application/pdf', { type: 'url', url: new URL('https://a.example/b.pdf') } as const],
    ['image/png', { type: 'reference', reference: { openai: 'file-1' } } as const],
  ])('throws for %s that no model takes', (mediaType, data) => {
    const error = {
      name: 'AI_UnsupportedFunctionalityError',
      functionality: expect.stringMatching(/^(?:non-image-)?file-part/),
    }
    expect(() => user({ type: 'file', mediaType, data })).toThrow(expect.objectContaining(error))
  })
})

describe("an assistant's message", () => {
  test('keeps thoughts beside the text, and calls with the ids that the model gave', () => {
    const { messages, warnings } = convert([
      {
        role: 'assistant',
        content: [
          { type: 'reasoning', text: 'Look.' },
          text('One '),
          text('moment.'),
          {
            type: 'tool-call',
            toolCallId: 'functions.now:0::cf-wai-tool-call::x1',
            toolName: 'now',
            input: { tz: 'UTC' },
          },
        ],
      },
    ])
    const tool_calls = [
      { id: 'functions.now:0', type: 'function', function: { name: 'now', arguments: '{"tz":"UTC"}' } },
    ]
    expect(messages).toEqual([{ role: 'assistant', content: 'One moment.', reasoning: 'Look.', tool_calls }])
    expect(warnings).toEqual([])
  })

  test('has empty content, and not null, where there are only calls', () => {
    const { messages } = convert([
      { role: 'assistant', content: [{ type: 'tool-call', toolCallId: 'c', toolName: 'now', input: undefined }] },
    ])
    expect(messages).toMatchObject([{ content: '', tool_calls: [{ id: 'c', function: { arguments: '{}' } }] }])
  })

  test('is followed by the results that it holds, and names what is left out', () => {
    const output = { type: 'json', value: { ok: true } } as const
    const { messages, warnings } = convert([
      {
        role: 'assistant',
        content: [
          { type: 'tool-call', toolCallId: 'c', toolName: 'find', input: {}, providerExecuted: true },
          { type: 'tool-result', toolCallId: 'c', toolName: 'find', output },
          image('image/png', png),
          image('image/png', png),
        ],
      },
    ])
    expect(messages).toMatchObject([{ role: 'assistant' }, { role: 'tool', tool_call_id: 'c', content: '{"ok":true}' }])
    expect(warnings).toMatchObject([{ type: 'other', message: expect.stringContaining('"file"') }])
  })
})

describe("a tool's message", () => {
  const result = (output: LanguageModelV4ToolResultOutput, toolCallId = 'c'): LanguageModelV4Message => ({
    role: 'tool',
    content: [{ type: 'tool-result', toolCallId, toolName: 'now', output }],
  })

  test.each([
    [{ type: 'text', value: 'noon' } as const, 'noon'],
    [{ type: 'error-text', value: 'no clock' } as const, 'no clock'],
    [{ type: 'json', value: { h: 12 } } as const, '{"h":12}'],
    [{ type: 'error-json', value: ['x'] } as const, '["x"]'],
    [{ type: 'execution-denied', reason: 'late' } as const, 'Tool execution denied: late'],
    [{ type: 'execution-denied' } as const, 'Tool execution was denied.'],
    [{ type: 'content' as const, value: [text('a'), text('b')] }, 'a\nb'],
  ])('says %o', (output, content) => {
    expect(convert([result(output)]).messages).toEqual([{ role: 'tool', name: 'now', content, tool_call_id: 'c' }])
  })

  test("gives images to a model that sees, in a user's message behind the last result", () => {
    const shot = { type: 'content', value: [text('see'), image('image/png', png)] } as const
    const { messages, warnings } = convert([
      result({ ...shot, value: [...shot.value] }, 'c1'),
      result({ type: 'text', value: 'none' }, 'c2'),
      { role: 'user', content: [text('So?')] },
    ])
    expect(messages).toMatchObject([
      { role: 'tool', tool_call_id: 'c1', content: 'see' },
      { role: 'tool', tool_call_id: 'c2', content: 'none' },
      { role: 'user', content: [imageUrl(pngUrl)] },
      { role: 'user', content: 'So?' },
    ])
    expect(warnings).toEqual([])
  })

  test('leaves images out for a model that does not see, and files always, with a warning each', () => {
    const value = [text('see'), image('image/png', png), image('application/pdf', 'JVBERi0=')]
    const { messages, warnings } = convert([result({ type: 'content', value })], false)
    expect(messages).toMatchObject([{ role: 'tool', content: 'see' }])
    expect(warnings).toMatchObject([
      { message: expect.stringContaining('image/png') },
      { message: expect.stringContaining('application/pdf') },
    ])
  })
})
