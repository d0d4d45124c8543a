import { generateText } from 'ai'
import { describe, expect, test } from 'vitest'
import { chatAnswer, createFakeAi } from '../__fixtures__/fake-ai.ts'
import { openai } from '../openai.ts'
import { createGatewayDelegate } from './create-gateway-delegate.ts'

describe('a dispatch', () => {
  test('whose onDispatch throws fails with that, and lets the answer go', async () => {
    let canceled = 0
    const stream = new ReadableStream({ cancel: () => void (canceled += 1) })
    const { ai } = createFakeAi({ run: () => new Response(stream) })
    const onDispatch = (): never => {
      throw new Error('my own mistake')
    }
    const model = createGatewayDelegate({ binding: ai, gateway: 'gw', providers: [openai] })('openai/m', { onDispatch })
    await expect(generateText({ model, prompt: 'hi', maxRetries: 0 })).rejects.toThrow('my own mistake')
    expect(canceled).toBe(1)
  })

  test('takes the response of another realm for what it is', async () => {
    const { status, statusText, ok, headers, body } = chatAnswer('fine')
    const foreign = { status, statusText, ok, headers, body, arrayBuffer: async () => new ArrayBuffer(0) }
    const text = async (): Promise<string> => new Response(body).text()
    const { ai } = createFakeAi({ run: () => ({ ...foreign, text }) })
    const model = createGatewayDelegate({ binding: ai, gateway: 'gw', providers: [openai] })('openai/m')
    expect((await generateText({ model, prompt: 'hi', maxRetries: 0 })).text).toBe('fine')
  })
})
