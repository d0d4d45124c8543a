import { setTimeout } from 'node:timers/promises'

interface Gateway {
  url: string
  key: string
  adminKey: string
}

/** One request for a row that a test looks for. */
interface Ask {
  path?: string
  model: string
  text: string
  stream?: boolean
  metadata?: Record<string, string>
  headers?: Record<string, string>
}

const team = (name: string): Record<string, string> => ({ team: name, feature: 'chat' })

const asks: readonly Ask[] = [
  { model: 'openai/gpt-4o-mini', text: 'Name three rivers', metadata: team('search') },
  { model: 'openai/gpt-4o-mini', text: 'words 120', stream: true, metadata: team('search') },
  { model: 'openai/gpt-4o', text: 'Explain the tides', stream: true, metadata: team('support') },
  { path: '/v1/messages', model: 'anthropic/claude-sonnet-4-5', text: 'words 80', metadata: team('support') },
  { path: '/v1/messages', model: 'anthropic/claude-sonnet-4-5', text: 'Say hello', stream: true },
  { model: 'groq/llama-3.3-70b-versatile', text: 'Quick one', metadata: team('batch') },
  { model: 'openai/gpt-4o-mini+429', text: 'Too much', metadata: team('batch') },
  {
    model: 'openai/gpt-4o-mini+500',
    text: 'Broken',
    metadata: team('search'),
    headers: { 'cf-aig-max-attempts': '2', 'cf-aig-retry-delay': '10' },
  },
  { model: 'openai/no-such-model+404', text: 'Who is there' },
  { model: 'openai/gpt-4o-mini', text: 'Cache me', headers: { 'cf-aig-cache-ttl': '600' } },
  { model: 'openai/gpt-4o-mini', text: 'Cache me', headers: { 'cf-aig-cache-ttl': '600' } },
]

/** Sends requests of many kinds, and waits until they all are in the log. */
export async function seedRequests(gateway: Gateway): Promise<void> {
  await seedDemoData(gateway)
  const before = await countRows(gateway)
  for (const ask of asks) await send(gateway, ask)
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await countRows(gateway)) >= before + asks.length) return
    await setTimeout(100)
  }
  throw new Error('The seeded requests do not show in the log.')
}

async function send(
  { url, key }: Gateway,
  { path = '/v1/chat/completions', model, text, stream, metadata, headers }: Ask,
): Promise<void> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      ...(metadata && { 'cf-aig-metadata': JSON.stringify(metadata) }),
      ...headers,
    },
    body: JSON.stringify({
      model,
      max_tokens: 500,
      stream: stream ?? false,
      messages: [{ role: 'user', content: text }],
    }),
  })
  await response.text()
}

/** Made-up requests of the last week, so that the charts have something to show. */
async function seedDemoData({ url, adminKey }: Gateway): Promise<void> {
  const response = await fetch(`${url}/api/demo-data`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
    body: '{}',
  })
  if (!response.ok) throw new Error(`Demo data: ${response.status} ${await response.text()}`)
}

async function countRows({ url, adminKey }: Gateway): Promise<number> {
  const response = await fetch(`${url}/api/logs?limit=1000`, { headers: { authorization: `Bearer ${adminKey}` } })
  const { data }: { data: unknown[] } = JSON.parse(await response.text())
  return data.length
}
