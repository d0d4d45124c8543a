import { serveSimulator, type SimulatorServer } from '@gw/simulator/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allRows, poll } from './gateway-under-test.ts'
import { startScript, temporaryFolder, unusedPort, type Script } from './start-script.ts'

const timeoutMs = 60_000
const openaiKey = { OPENAI_API_KEY: 'sk-env-openai', ANTHROPIC_API_KEY: 'sk-env-anthropic' }

let simulator: SimulatorServer
let other: SimulatorServer

beforeAll(async () => {
  simulator = await serveSimulator()
  other = await serveSimulator()
})

afterAll(async () => {
  await simulator.close()
  await other.close()
})

const everything = (): string[] => ['--upstream', `*=${simulator.url}/{provider}`]

async function ready(script: Script): Promise<string> {
  const [, url = ''] = await script.printed(/^ready (http:\/\/127\.0\.0\.1:\d+)$/m)
  return url
}

const keyLine = /^key (gw_[\w-]{43})$/m

async function keyOf(script: Script): Promise<string> {
  return (await script.printed(keyLine))[1] ?? ''
}

async function ask(url: string, { key, model }: { key: string; model: string }): Promise<Response> {
  return fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'hello' }] }),
  })
}

test(
  'a new state gets a key; after a restart the key works, the rows are there, and no key is printed',
  async () => {
    const port = await unusedPort()
    const args = [
      '--port',
      String(port),
      '--state',
      await temporaryFolder(),
      '--admin-key',
      'the-admin',
      ...everything(),
    ]
    const first = startScript('scripts/serve.ts', args, openaiKey)
    const url = await ready(first)
    expect(url).toBe(`http://127.0.0.1:${port}`)
    expect(first.output().split('\n').filter(Boolean)).toEqual([
      expect.stringMatching(keyLine),
      expect.stringMatching(/^ready http:/),
    ])
    const key = await keyOf(first)
    expect((await ask(url, { key, model: 'openai/gpt-4o-mini' })).status).toBe(200)
    const rows = await poll(async () => {
      const arrived = await allRows({ url, key: 'the-admin' })
      expect(arrived).toHaveLength(1)
      return arrived
    })
    expect(await first.stop('SIGTERM')).toMatchObject({ code: 0 })

    const second = startScript('scripts/serve.ts', args, openaiKey)
    await ready(second)
    expect(second.output()).not.toMatch(/^key /m)
    expect(await allRows({ url, key: 'the-admin' })).toEqual(rows)
    expect((await ask(url, { key, model: 'openai/gpt-4o-mini' })).status).toBe(200)
    expect(await second.stop('SIGINT')).toMatchObject({ code: 0 })
  },
  timeoutMs,
)

test(
  'ephemeral: every start has a new key and no rows',
  async () => {
    const args = ['--port', '0', '--ephemeral', '--admin-key', 'the-admin', ...everything()]
    const keys: string[] = []
    for (let start = 0; start < 2; start++) {
      const script = startScript('scripts/serve.ts', args, openaiKey)
      const url = await ready(script)
      keys.push(await keyOf(script))
      expect(await allRows({ url, key: 'the-admin' })).toEqual([])
      expect((await ask(url, { key: keys[0] ?? '', model: 'openai/gpt-4o-mini' })).status).toBe(start === 0 ? 200 : 401)
      await script.stop()
    }
    expect(new Set(keys).size).toBe(2)
  },
  timeoutMs,
)

test(
  'an upstream for one provider wins over the one for all',
  async () => {
    const args = [
      '--port',
      '0',
      '--ephemeral',
      ...everything(),
      '--upstream',
      `anthropic=${other.url}/elsewhere/anthropic`,
    ]
    const script = startScript('scripts/serve.ts', args, openaiKey)
    const url = await ready(script)
    const key = await keyOf(script)
    expect((await ask(url, { key, model: 'openai/gpt-4o-mini' })).status).toBe(200)
    await ask(url, { key, model: 'anthropic/claude-sonnet-4-5' })
    expect(simulator.simulator.requests.at(-1)).toMatchObject({ provider: 'openai', path: '/v1/chat/completions' })
    expect(other.simulator.requests.at(-1)).toMatchObject({ provider: 'elsewhere', path: '/anthropic/v1/messages' })
  },
  timeoutMs,
)

test(
  'the admin key comes from the flag, else from the environment',
  async () => {
    const env = { GW_ADMIN_KEY: 'from-environment' }
    const statuses = async (args: string[]): Promise<number[]> => {
      const url = await ready(startScript('scripts/serve.ts', ['--port', '0', '--ephemeral', ...args], env))
      const get = async (key: string): Promise<number> =>
        (await fetch(`${url}/api/logs`, { headers: { authorization: `Bearer ${key}` } })).status
      return Promise.all(['from-flag', 'from-environment', ''].map(get))
    }
    expect(await Promise.all([statuses(['--admin-key', 'from-flag']), statuses([])])).toEqual([
      [200, 401, 401],
      [401, 200, 401],
    ])
  },
  timeoutMs,
)

test(
  'without --upstream, private addresses are out of reach',
  async () => {
    const script = startScript('scripts/serve.ts', ['--port', '0', '--ephemeral'], openaiKey)
    const response = await ask(await ready(script), { key: await keyOf(script), model: 'ollama/llama3.2' })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { code: 'blocked_upstream_url' } })
  },
  timeoutMs,
)

test('a mistake on the command line is explained, and ends with 2', async () => {
  const script = startScript('scripts/serve.ts', ['--upstream', 'openai'])
  await script.printed(/--upstream "openai" must be <provider\|\*>=<url>/)
  expect(await script.ended).toBe(2)
})

test(
  'a browser gets a page, and a path without one an error that names the right path',
  async () => {
    const script = startScript('scripts/serve.ts', ['--port', '0', '--ephemeral'], {})
    const url = await ready(script)
    const page = await fetch(`${url}/`)
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<title>gw</title>')])
    const lost = await fetch(`${url}/models`, { headers: { authorization: `Bearer ${await keyOf(script)}` } })
    expect([lost.status, await lost.json()]).toMatchObject([
      404,
      { error: { message: expect.stringContaining('/v1/models') } },
    ])
  },
  timeoutMs,
)
