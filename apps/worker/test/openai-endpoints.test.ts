import { environmentLevel } from '@gw/keys'
import { expect, test } from 'vitest'
import { startGateway } from './start-gateway.ts'

const answer = { object: 'list', data: [], model: 'm', usage: { prompt_tokens: 7, total_tokens: 7 } }

/** A gateway whose provider answers embeddings, and what that provider got. */
async function startWithEmbeddings() {
  const sent: { url: string; body: unknown; authorization: string | null }[] = []
  const gateway = await startGateway(() => ({
    secretLevels: [
      environmentLevel({ OPENAI_API_KEY: 'sk-o', CLOUDFLARE_API_TOKEN: 'sk-w', ANTHROPIC_API_KEY: 'sk-a' }),
    ],
    fetch: async (request) => {
      const authorization = request.headers.get('authorization')
      sent.push({ url: request.url, body: await request.json(), authorization })
      return Response.json(answer)
    },
  }))
  return { gateway, sent }
}

const openai = 'http://simulator.test/openai/v1/embeddings'
const workersAI = 'http://simulator.test/workers-ai/client/v4/accounts/acc/ai/v1/embeddings'

test.each([
  [
    '/v1/acc/default/compat/embeddings',
    'openai/text-embedding-3-small',
    [openai, 'text-embedding-3-small', 'Bearer sk-o'],
  ],
  ['/v1/embeddings', 'openai/text-embedding-3-small', [openai, 'text-embedding-3-small', 'Bearer sk-o']],
  ['/ai/v1/embeddings', 'workers-ai/@cf/baai/bge-m3', [workersAI, '@cf/baai/bge-m3', 'Bearer sk-w']],
  ['/client/v4/accounts/acc/ai/v1/v1/embeddings', '@cf/baai/bge-m3', [workersAI, '@cf/baai/bge-m3', 'Bearer sk-w']],
])('%s with %s reaches the provider’s own endpoint, and the row has the usage', async (path, model, expected) => {
  const { gateway, sent } = await startWithEmbeddings()
  const response = await gateway.post(path, { model, input: ['a', 'b'], encoding_format: 'base64' })
  expect(await response.json()).toEqual(answer)
  expect(sent.map(({ url, body, authorization }) => [url, body, authorization])).toEqual([
    [expected[0], { model: expected[1], input: ['a', 'b'], encoding_format: 'base64' }, expected[2]],
  ])
  expect((await gateway.rowOf(response)).usage).toEqual({ input: 7, output: 0 })
})

test('an entry of a universal request can name it', async () => {
  const { gateway, sent } = await startWithEmbeddings()
  const query = { model: 'openai/text-embedding-3-small', input: 'a' }
  await (await gateway.post('/v1/acc/default', [{ provider: 'compat', endpoint: 'embeddings', query }])).text()
  expect(sent.map(({ url }) => url)).toEqual([openai])
  const refused = await gateway.post('/v1/acc/default', [{ provider: 'compat', endpoint: 'images', query }])
  expect(await refused.json()).toMatchObject({
    error: [{ message: expect.stringMatching(/must be chat\/completions/) }],
  })
})

test('a provider without such an endpoint says so', async () => {
  const { gateway, sent } = await startWithEmbeddings()
  const response = await gateway.post('/ai/v1/embeddings', { model: 'anthropic/claude-sonnet-4-5', input: 'a' })
  expect([response.status, await response.json(), sent]).toEqual([
    400,
    expect.objectContaining({
      error: expect.objectContaining({ message: expect.stringMatching(/^Provider "anthropic" has no embeddings/) }),
    }),
    [],
  ])
})
