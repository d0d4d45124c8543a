import { serveSimulator, type SimulatorServer } from '@gw/simulator/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { allRows, poll } from './gateway-under-test.ts'
import { startScript, temporaryFolder, type Script } from './start-script.ts'

const timeoutMs = 90_000
const masterKey = (byte: number): string => Buffer.alloc(32, byte).toString('base64')
const secret = 'sk-stored-5a1b9c3d'

let simulator: SimulatorServer

beforeAll(async () => {
  simulator = await serveSimulator()
})
afterAll(() => simulator.close())

function serve(state: string, env: Record<string, string>): Script {
  const args = ['--port', '0', '--state', state, '--admin-key', 'adm', '--upstream', `*=${simulator.url}/{provider}`]
  return startScript('scripts/serve.ts', args, env)
}

async function ready(script: Script): Promise<string> {
  const [, url = ''] = await script.printed(/^ready (http:\/\/127\.0\.0\.1:\d+)$/m)
  return url
}

async function post(url: string, path: string, body: object): Promise<void> {
  const headers = { authorization: 'Bearer adm', 'content-type': 'application/json' }
  const response = await fetch(`${url}/api/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
}

async function ask(url: string, key: string): Promise<Response> {
  return fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'openai/gpt-4o-mini', messages: [{ role: 'user', content: 'hello' }] }),
  })
}

const run = (script: string, url: string, ...args: string[]): Script =>
  startScript(script, ['--url', url, '--admin-key', 'adm', ...args])

test(
  'another master key stops the start and says what to set; with the old one beside it the keys are rewrapped',
  async () => {
    const state = await temporaryFolder()
    const first = serve(state, { GW_MASTER_KEY: masterKey(1) })
    const url = await ready(first)
    const [, key = ''] = await first.printed(/^key (gw_[\w-]{43})$/m)
    await post(url, 'provider-keys', { provider: 'openai', level: 'org', key: secret })
    expect((await ask(url, key)).headers.get('gw-key-source')).toBe('org')
    await first.stop('SIGTERM')

    const wrong = serve(state, { GW_MASTER_KEY: masterKey(2) })
    expect(await wrong.ended).toBe(1)
    expect(wrong.output()).toMatch(
      /^1 stored provider keys need the master key of version [0-9a-f]{8}, and GW_MASTER_KEY has version [0-9a-f]{8}\. Set GW_MASTER_KEY/m,
    )
    expect(wrong.output()).not.toMatch(/^ready/m)
    // Without the variable, `serve` has the key of the state folder, which is another one too.
    expect(await serve(state, {}).ended).toBe(1)

    const both = serve(state, { GW_MASTER_KEY: masterKey(2), GW_MASTER_KEY_PREVIOUS: masterKey(1) })
    const during = await ready(both)
    expect((await ask(during, key)).status).toBe(200)
    const rotation = run('scripts/rotate-master-key.ts', during)
    expect(await rotation.ended).toBe(0)
    expect(rotation.output()).toMatch(/^1 rewrapped, 0 remaining$/m)
    expect(await run('scripts/rotate-master-key.ts', during).ended).toBe(0)
    await both.stop('SIGTERM')

    const after = serve(state, { GW_MASTER_KEY: masterKey(2) })
    expect((await ask(await ready(after), key)).headers.get('gw-key-source')).toBe('org')
    for (const { output } of [first, wrong, both, rotation, after]) {
      expect(output()).not.toContain(secret)
      expect(output()).not.toContain(masterKey(1))
    }
  },
  timeoutMs,
)

test.each([
  [{ GW_MASTER_KEY: 'c2hvcnQ=' }, 'GW_MASTER_KEY holds 5 bytes; it must be 32 bytes in base64.'],
  [{ GW_MASTER_KEY_PREVIOUS: masterKey(1), GW_MASTER_KEY: '!' }, 'GW_MASTER_KEY is not base64'],
])(
  'a master key that is none stops the start with what it must be: %j',
  async (env, words) => {
    const script = serve(await temporaryFolder(), env)
    expect(await script.ended).toBe(1)
    expect(script.output().split('\n').filter(Boolean)).toEqual([expect.stringContaining(words)])
  },
  timeoutMs,
)

test(
  'rows are priced anew from the command line',
  async () => {
    const script = serve(await temporaryFolder(), { OPENAI_API_KEY: 'sk-env' })
    const url = await ready(script)
    const [, key = ''] = await script.printed(/^key (gw_[\w-]{43})$/m)
    for (let count = 0; count < 3; count++) expect((await ask(url, key)).status).toBe(200)
    const logs = { url, key: 'adm' }
    await poll(async () => expect(await allRows(logs)).toHaveLength(3))
    await post(url, 'prices', { provider: 'openai', model: 'gpt-4o-mini', prices: { input: 1000, output: 1000 } })
    const day = 86_400_000
    const [from, to] = [Date.now() - day, Date.now() + day].map((at) => new Date(at).toISOString())
    const command = run('scripts/reprice.ts', url, '--from', from ?? '', '--to', to ?? '')
    expect(await command.ended).toBe(0)
    expect(command.output()).toBe('3 computed, 3 changed, 0 without a known price\nDone.\n')
    const rows = await allRows(logs)
    // "hello" is 1 token in, "You said: hello" 3 out.
    expect(rows.map(({ cost_nano_usd }) => cost_nano_usd)).toEqual(Array<number>(3).fill(4 * 1_000_000))
  },
  timeoutMs,
)

test.each([
  ['scripts/reprice.ts', ['--admin-key', 'k', '--from', '2026-11-01'], 2, '--to "" is no time'],
  ['scripts/reprice.ts', ['--admin-key', 'k', '--from', '2026-11-01T12:00', '--to', '2026-11-02'], 2, '--from "2026-'],
  ['scripts/reprice.ts', ['--admin-key', 'k', '--until', 'x'], 2, "Unknown option '--until'"],
  ['scripts/rotate-master-key.ts', [], 2, 'pass --admin-key, or set GW_ADMIN_KEY'],
  ['scripts/rotate-master-key.ts', ['--admin-key', 'k', '--url', 'localhost'], 2, '--url "localhost" is no URL'],
  ['scripts/rotate-master-key.ts', ['--admin-key', 'k', '--url', 'http://127.0.0.1:1'], 1, 'cannot be reached'],
] as const)('%s %j explains the mistake', async (path, args, ...[code, words]) => {
  const script = startScript(path, args)
  expect(await script.ended).toBe(code)
  expect(script.output()).toContain(words)
})

test('a wrong admin key is explained by the gateway', async () => {
  const script = serve(await temporaryFolder(), {})
  const url = await ready(script)
  const command = startScript('scripts/rotate-master-key.ts', ['--url', url, '--admin-key', 'wrong'])
  expect(await command.ended).toBe(1)
  expect(command.output()).toContain('answered 401: This is not the admin key.')
})
