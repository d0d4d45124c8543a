import { createSimulator } from '@gw/simulator'
import { describe, expect, test } from 'vitest'
import type { AiBinding } from '../ai-binding.ts'
import { collect } from './__fixtures__/streams.ts'
import { createWorkersAIModels } from './create-workers-ai-models.ts'

const llama = '@cf/meta/llama-3.1-8b-instruct'

/** Workers AI's REST API as the simulator plays it, behind a binding. */
function simulated() {
  const simulator = createSimulator({ seed: 'a' })
  const binding: AiBinding = {
    run: (model, inputs, { extraHeaders, signal } = {}) =>
      simulator.fetch(
        new Request(`http://simulator/workers-ai/client/v4/accounts/a/ai/run/${model}`, {
          method: 'POST',
          headers: { ...extraHeaders, authorization: 'Bearer key', 'content-type': 'application/json' },
          body: JSON.stringify(inputs),
          signal: signal ?? null,
        }),
      ),
  }
  return createWorkersAIModels({ binding })
}

const say = (text: string) => ({ prompt: [{ role: 'user' as const, content: [{ type: 'text' as const, text }] }] })
const tools = [
  {
    type: 'function' as const,
    name: 'now',
    inputSchema: { type: 'object' as const, properties: { tz: { type: 'string' as const } }, required: ['tz'] },
  },
]

describe('the simulator', () => {
  test('answers, with tokens', async () => {
    const { content, usage } = await simulated().chat(llama).doGenerate(say('hi'))
    expect(content).toEqual([{ type: 'text', text: 'You said: hi' }])
    expect([usage.inputTokens.total, usage.outputTokens.total]).toEqual([1, 3])
  })

  test.each(['split:1', 'split:7', 'crlf', 'comments'])('streams, framed with %s', async (fault) => {
    const { stream } = await simulated().chat(`${llama}+${fault}`).doStream(say('hi'))
    const parts = await collect(stream)
    expect(parts.map((part) => ('delta' in part ? part.delta : '')).join('')).toBe('You said: hi')
    expect(parts.at(-1)).toMatchObject({
      type: 'finish',
      finishReason: { unified: 'stop' },
      usage: { outputTokens: { total: 3 } },
    })
  })

  test('calls tools, whole and streamed', async () => {
    const options = { ...say('call now'), tools }
    const { content, finishReason } = await simulated().chat(llama).doGenerate(options)
    expect(content).toMatchObject([{ type: 'tool-call', toolName: 'now', input: '{"tz":"tz"}' }])
    expect(finishReason.unified).toBe('tool-calls')
    const { stream } = await simulated().chat(llama).doStream(options)
    const calls = (await collect(stream)).filter(({ type }) => type === 'tool-call')
    expect(calls).toMatchObject([{ toolName: 'now', input: '{"tz":"tz"}' }])
  })

  test('answers in JSON', async () => {
    const name = { type: 'string' as const }
    const schema = { type: 'object' as const, properties: { name }, required: ['name'] }
    const { content } = await simulated()
      .chat(llama)
      .doGenerate({ ...say('x'), responseFormat: { type: 'json', schema } })
    expect(content).toEqual([{ type: 'text', text: '{"name":"name"}' }])
  })

  test.each([
    ['429:7', 429, true],
    ['html-502', 502, true],
    ['bad-auth', 401, false],
    ['model-not-found', 400, false],
    ['quota', 429, true],
  ])('fails with %s as status %i', async (fault, statusCode, isRetryable) => {
    const { chat } = simulated()
    const expected = { name: 'AI_APICallError', statusCode, isRetryable }
    await expect(chat(`${llama}+${fault}`).doGenerate(say('hi'))).rejects.toMatchObject(expected)
    await expect(chat(`${llama}+${fault}`).doStream(say('hi'))).rejects.toMatchObject(expected)
  })

  test.each(['cut:2', 'no-terminal', 'malformed:2', 'error-frame'])(
    'breaks a stream with %s: the finish is an error',
    async (fault) => {
      const { stream } = await simulated().chat(`${llama}+${fault}`).doStream(say('words 5'))
      const parts = await collect(stream)
      expect(parts.at(-1)).toMatchObject({ type: 'finish', finishReason: { unified: 'error' } })
    },
  )

  test('is left at once when the caller leaves', async () => {
    const controller = new AbortController()
    const { stream } = await simulated()
      .chat(`${llama}+stall:1`)
      .doStream({ ...say('words 5'), abortSignal: controller.signal })
    const parts = collect(stream)
    controller.abort(new DOMException('stop', 'AbortError'))
    await expect(parts).rejects.toThrow('stop')
  })
})
