import OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import { gatewayKey, gatewayUrl, rowOf, uniqueWord, upstreamRequests } from './gateway-under-test.ts'

const entraToken = 'eyJ0eXAi.eyJhdWQi.c2ln'
const classic = '/openai/deployments/gpt-4o-mini/chat/completions'

function clientWith(secret: string): OpenAI {
  const defaultHeaders = { 'cf-aig-authorization': `Bearer ${gatewayKey}` }
  return new OpenAI({ apiKey: secret, baseURL: `${gatewayUrl}/v1`, maxRetries: 0, defaultHeaders })
}

describe.concurrent.each([
  ['my-resource/gpt-4o-mini', '/openai/v1/chat/completions', ''],
  ['my-resource/gpt-4o-mini@2024-10-21', classic, '?api-version=2024-10-21'],
  ['my-resource.services.ai/gpt-4o-mini', '/openai/v1/chat/completions', ''],
])('%s', (model, path, search) => {
  test.each([
    ['a key', 'azure-key', 'api-key', 'azure-key'],
    ['a token of Entra ID', entraToken, 'authorization', `Bearer ${entraToken}`],
  ])('answers with %s', async (...[, secret, header, value]) => {
    const word = uniqueWord()
    const { data, response } = await clientWith(secret)
      .chat.completions.create({
        model: `azure-openai/${model}`,
        messages: [{ role: 'user', content: `hello ${word}` }],
      })
      .withResponse()
    expect(data.choices[0]?.message.content).toBe(`You said: hello ${word}`)
    const [request] = await upstreamRequests(word)
    expect(request).toMatchObject({ path, search, headers: { [header]: value } })
    expect(await rowOf(response.headers.get('cf-aig-log-id'))).toMatchObject({
      provider: 'azure-openai',
      model,
      success: true,
      usage: { input: 2, output: 4 },
      usage_source: 'reported',
      cost_nano_usd: 2 * 150 + 4 * 600,
    })
  })
})
