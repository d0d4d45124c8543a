import OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import type { RequestRecord } from '../../../packages/simulator/src/request-log.ts'
import { gatewayKey, gatewayUrl, rowOf, simulatorUrl, uniqueWord, upstreamRequests } from './gateway-under-test.ts'

const openai = new OpenAI({ apiKey: gatewayKey, baseURL: `${gatewayUrl}/v1`, maxRetries: 0 })
const served = { provider: 'replicate', success: true, ending: 'complete', key_source: 'environment' }
const authorization = 'Bearer sk-env-replicate'

const question = (word: string) => [{ role: 'user' as const, content: `hello ${word}` }]

/** What was asked later about predictions with this word in their prompt. */
async function laterRequests(word: string): Promise<RequestRecord[]> {
  const records: RequestRecord[] = JSON.parse(await (await fetch(`${simulatorUrl}/__requests`)).text())
  return records.filter(({ path }) => {
    const id = /\/v1\/(?:predictions|streams)\/([\w-]+)$/.exec(path)?.[1] ?? ''
    return Buffer.from(id, 'base64url').toString().includes(word)
  })
}

describe.concurrent('Replicate', () => {
  test('answers when the prediction is done', async () => {
    const word = uniqueWord()
    const model = 'meta/meta-llama-3-8b-instruct'
    const { data, response } = await openai.chat.completions
      .create({ model: `replicate/${model}`, messages: question(word), max_tokens: 50 })
      .withResponse()
    expect(data.choices[0]?.message.content).toBe(`You said: hello ${word}`)
    const [request] = await upstreamRequests(word)
    expect(request).toMatchObject({
      path: `/v1/models/${model}/predictions`,
      body: { input: { prompt: `hello ${word}`, max_tokens: 50 } },
      headers: { authorization, prefer: 'wait' },
    })
    expect(await laterRequests(word)).toEqual([])
    expect(await rowOf(response.headers.get('cf-aig-log-id'))).toMatchObject({
      ...served,
      model,
      usage: { input: 2, output: 4 },
      usage_source: 'reported',
    })
  })

  test('is asked again about a prediction that takes longer', async () => {
    const word = uniqueWord()
    const model = 'meta/cold-llama'
    const { data, response } = await openai.chat.completions
      .create({ model: `replicate/${model}`, messages: question(word) })
      .withResponse()
    expect(data.choices[0]?.message.content).toBe(`You said: hello ${word}`)
    const later = await laterRequests(word)
    expect(later.map(({ method, headers }) => [method, headers['authorization']])).toEqual([['GET', authorization]])
    expect(await rowOf(response.headers.get('cf-aig-log-id'))).toMatchObject({
      ...served,
      model,
      usage: { input: 2, output: 4 },
      usage_source: 'reported',
    })
  })

  test('streams from another host, which does not get the key', async () => {
    const word = uniqueWord()
    const { data, response } = await openai.chat.completions
      .create({ model: 'replicate/meta/llama', messages: question(word), stream: true })
      .withResponse()
    let text = ''
    for await (const { choices } of data) text += choices[0]?.delta.content ?? ''
    expect(text).toBe(`You said: hello ${word}`)
    const [stream, ...others] = await laterRequests(word)
    expect(stream?.path).toContain('/v1/streams/')
    expect(stream?.headers).not.toHaveProperty('authorization')
    expect(others).toEqual([])
    const row = await rowOf(response.headers.get('cf-aig-log-id'))
    expect(row).toMatchObject({ ...served, stream: true, usage_source: 'estimated' })
  })

  test('takes no tools', async () => {
    const tools = [{ type: 'function' as const, function: { name: 'f', parameters: { type: 'object' } } }]
    const error: unknown = await openai.chat.completions
      .create({ model: 'replicate/meta/llama', messages: question('x'), tools })
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ status: 400, message: expect.stringContaining('tools') })
  })
})
