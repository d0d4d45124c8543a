import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { allRows, poll, type Logs } from './gateway-under-test.ts'
import { processTree } from './process-tree.ts'
import { startScript, temporaryFolder, unusedPort, type Script } from './start-script.ts'

const run = promisify(execFile)
const bash = async (line: string): Promise<string> => (await run('bash', ['-c', line])).stdout

interface Welcome {
  url: string
  dashboard: string
  key: string
  adminKey: string
  curl: string
}

async function welcomeOf(script: Script): Promise<Welcome> {
  await script.printed(/Ctrl-C stops/)
  const find = async (pattern: RegExp): Promise<string> => (await script.printed(pattern))[1] ?? ''
  return {
    url: await find(/^ +gateway +(http:\S+)$/m),
    dashboard: await find(/^ +dashboard +(http:\S+) /m),
    key: await find(/^ +key +(gw_\S+)$/m),
    adminKey: await find(/^ +admin key +(\S+)$/m),
    curl: await find(/^ *(curl -N .*)$/m),
  }
}

/** Rows but those that are made up. */
async function ownRows(logs: Logs) {
  return (await allRows(logs)).filter(({ metadata }) => metadata['demo'] !== true)
}

/** The `data:` events of a stream of OpenAI's. */
function dataOf(stream: string): string[] {
  return [...stream.matchAll(/^data: (.*)$/gm)].map(([, data]) => data ?? '')
}

test('a newcomer pastes the printed line, sees a stream and what it cost, stops, and finds everything again', async () => {
  const state = await temporaryFolder()
  const args = ['--state', state, '--port', String(await unusedPort())]
  const first = startScript('scripts/dev.ts', args)
  const welcome = await welcomeOf(first)

  const events = dataOf(await bash(welcome.curl))
  expect(events.length).toBeGreaterThanOrEqual(6)
  expect(events.at(-1)).toBe('[DONE]')
  const said = events.slice(0, -1).map((event) => JSON.parse(event).choices[0]?.delta.content ?? '')
  expect(said.join('')).toBe('You said: Hello from gw')

  const logs = { url: welcome.url, key: welcome.adminKey }
  const [row] = await poll(async () => {
    const rows = await ownRows(logs)
    expect(rows).toHaveLength(1)
    return rows
  })
  expect(row).toMatchObject({
    surface: 'chat-completions',
    requested_model: 'sim/gpt-4o-mini',
    provider: 'sim',
    model: 'gpt-4o-mini',
    stream: true,
    status_code: 200,
    ending: 'complete',
    usage: { input: 3, output: 5 },
    usage_source: 'reported',
    // 3 · $0.15 and 5 · $0.60 per million tokens.
    cost_nano_usd: 3 * 150 + 5 * 600,
  })
  const printedLogs = await bash((await first.printed(/^ *(curl -s .*)$/m))[1] ?? '')
  expect(JSON.parse(printedLogs).data).toEqual([row])
  // A week of made-up requests, and a page that shows them.
  expect((await allRows(logs)).length).toBe(501)
  const page = await fetch(welcome.dashboard, { headers: { accept: 'text/html' } })
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<div id="root">')])

  const family = await processTree(first.pid)
  expect(family.length).toBeGreaterThan(1)
  const ended = await first.stop('SIGINT')
  expect(ended.code).toBe(0)
  expect(ended.tookMs).toBeLessThan(5000)
  await poll(async () => expect((await Promise.all(family.map(processTree))).flat()).toEqual([]))

  const second = startScript('scripts/dev.ts', args)
  const again = await welcomeOf(second)
  expect(again).toEqual(welcome)
  expect(await ownRows(logs)).toEqual([row])
  expect(dataOf(await bash(again.curl)).at(-1)).toBe('[DONE]')
  await poll(async () => expect(await ownRows(logs)).toHaveLength(2))
}, 60_000)

test('provider keys of the environment are found, and never printed', async () => {
  const state = await temporaryFolder()
  const script = startScript('scripts/dev.ts', ['--state', state, '--port', String(await unusedPort())], {
    OPENAI_API_KEY: 'sk-secret-one',
    GEMINI_API_KEY: 'secret-two',
    GW_ADMIN_KEY: 'admin-three',
  })
  await script.printed(/Ctrl-C stops/)
  expect(script.output()).toContain('keys found for openai, google-ai-studio')
  expect(script.output()).not.toMatch(/sk-secret-one|secret-two|admin-three/)
}, 60_000)
