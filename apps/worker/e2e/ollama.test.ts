import { describe, expect, test } from 'vitest'
import { gatewayKey, gatewayUrl, post, rowOf, uniqueWord, upstreamRequests } from './gateway-under-test.ts'

const native = '/v1/acc/default/ollama/api'
const served = {
  provider: 'ollama',
  model: 'llama3.2',
  success: true,
  ending: 'complete',
  usage: { input: 2, output: 4 },
}

describe.concurrent('Ollama’s own API', () => {
  test.each([false, true])('is passed on as it is, stream: %o', async (stream) => {
    const word = uniqueWord()
    const body = { model: 'llama3.2', messages: [{ role: 'user', content: `hello ${word}` }], stream }
    const response = await post(`${native}/chat`, body)
    const lines = (await response.text()).trimEnd().split('\n')
    const said = lines.map((line) => JSON.parse(line).message.content).join('')
    expect([said, lines.length]).toEqual([`You said: hello ${word}`, stream ? 5 : 1])
    const [request] = await upstreamRequests(word)
    expect(request).toMatchObject({ path: '/ollama/api/chat', body })
    expect(await rowOf(response.headers.get('cf-aig-log-id'))).toMatchObject({ ...served, usage_source: 'reported' })
  })

  test('takes a prompt', async () => {
    const word = uniqueWord()
    const response = await post(`${native}/generate`, { model: 'llama3.2', prompt: `hello ${word}` })
    expect(response.headers.get('content-type')).toBe('application/x-ndjson')
    const lines = (await response.text()).trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line).response).join('')).toBe(`You said: hello ${word}`)
    expect(await rowOf(response.headers.get('cf-aig-log-id'))).toMatchObject({ ...served, usage_source: 'reported' })
  })

  test('says what is wrong in its own words', async () => {
    const response = await fetch(`${gatewayUrl}${native}/chat`, {
      method: 'POST',
      headers: { authorization: `Bearer ${gatewayKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'x+model-not-found', messages: [{ role: 'user', content: 'hi' }] }),
    })
    expect([response.status, await response.json()]).toEqual([404, { error: "model 'x' not found" }])
  })
})
