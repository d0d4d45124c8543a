import { describe, expect, test } from 'vitest'
import { gatewayKey, gatewayUrl, post, rowOf, uniqueWord } from './gateway-under-test.ts'

const authorization = { 'cf-aig-authorization': `Bearer ${gatewayKey}` }

/** `env.AI.run(model, inputs, { gateway })` as the runtime sends it. */
function run(model: string, inputs: object, options: Record<string, unknown> = {}): Promise<Response> {
  const path = 'gateway' in options ? '/ai-gateway/run?version=3' : '/run?version=3'
  return post(path, { inputs, options }, { headers: { 'cf-consn-model-id': model, 'cf-consn-sdk-version': '2.0.0' } })
}

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(gatewayUrl + path, { headers: { ...authorization, ...headers } })
}

describe('run of the binding', () => {
  test('answers @cf models with the bare result', async () => {
    const word = uniqueWord()
    const response = await run('@cf/meta/llama-3.1-8b-instruct', { prompt: word })
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toMatchObject({ response: `You said: ${word}` })
    const row = await rowOf(response.headers.get('cf-aig-log-id'))
    expect([row.surface, row.provider, row.model, row.success]).toEqual([
      'run',
      'workers-ai',
      '@cf/meta/llama-3.1-8b-instruct',
      true,
    ])
  })
})

describe('a run', () => {
  test('can be read again from every event on', async () => {
    const response = await run(
      'openai/gpt-4o-mini',
      { messages: [{ role: 'user', content: `${uniqueWord()} words 20` }], stream: true },
      { gateway: { id: 'default' }, returnRawResponse: true },
    )
    const runId = response.headers.get('cf-aig-run-id') ?? ''
    expect(runId).toMatch(/^[0-9a-f]{64}$/)
    const text = await response.text()
    const events = text.split(/(?<=\n\n)/)
    for (let from = 0; from <= events.length + 1; from += 1) {
      const rest = await get(`/ai-gateway/gateways/default/run/${runId}/resume?from=${from}`)
      expect([rest.status, await rest.text()]).toEqual([200, events.slice(from).join('')])
    }
  })
})
