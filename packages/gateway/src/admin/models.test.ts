import { expect, test } from 'vitest'
import { startAdmin } from './__fixtures__/start-admin.ts'

test('models have their prices, capabilities and quality, and can be looked for', async () => {
  const { get } = await startAdmin()
  const { body } = await get('models?provider=anthropic&search=SONNET+4-5')
  expect(body).toMatchObject({
    data: [
      {
        id: 'anthropic/claude-sonnet-4-5',
        provider: 'anthropic',
        capabilities: expect.arrayContaining(['chat', 'tools', 'vision']),
        // https://claude.com/pricing#api
        input_per_million_usd: 3,
        output_per_million_usd: 15,
        quality: { tier: 5, source: expect.stringContaining('https://') },
        in_default_pool: true,
        health: null,
      },
    ],
    next_cursor: null,
  })
  const speech = await get('models?capability=embedding&provider=openai')
  expect(speech.text).toContain('text-embedding-3-small')
  expect(speech.text).not.toContain('gpt-4o')
})

test('providers say which variables may hold their key', async () => {
  const { get } = await startAdmin()
  const { body } = await get('providers')
  expect(body['data']).toEqual(
    expect.arrayContaining([expect.objectContaining({ id: 'openai', env_keys: ['OPENAI_API_KEY'], keyless: false })]),
  )
})
