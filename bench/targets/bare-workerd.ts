import { hashGatewayKey } from '@gw/keys'
import { spawn, type ChildProcess } from 'node:child_process'
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../scripts/local/free-port.ts'
import { bundleWorker } from '../../scripts/local/bundle-worker.ts'
import { readWorkerSettings } from './read-worker-settings.ts'
import { upstreamKeys } from './secrets.ts'
import { track } from './start-child.ts'

/** A gateway key of the right form; its hash is the only row of the stub database. */
export const bareKey = `gw_${'bench'.repeat(8)}abc`

export interface WorkerFolder {
  path: string
  remove(): Promise<void>
}

/** Writes what workerd needs to run a Worker alone: no Miniflare, no local D1 and queue; stubs stand in for both. */
export async function prepareBare(name: 'null' | 'gw', upstream: string): Promise<WorkerFolder> {
  const path = await mkdtemp(join(tmpdir(), 'gw-bench-'))
  const modules = name === 'gw' ? ['stub.js', 'index.js'] : ['null-worker.js']
  const own = (file: string): string => fileURLToPath(new URL(`./${file}`, import.meta.url))
  await copyFile(own(name === 'gw' ? 'stub-bindings.js' : 'null-worker.js'), join(path, modules[0] ?? ''))
  if (name === 'gw') await copyFile(await bundleWorker(), join(path, 'index.js'))
  await writeFile(join(path, 'config.capnp'), await configOf(modules, await variablesOf(upstream)))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

async function variablesOf(upstream: string): Promise<Record<string, string>> {
  return {
    ...upstreamKeys,
    UPSTREAM: upstream,
    KEY_HASH: await hashGatewayKey(bareKey),
    GW_UPSTREAMS: JSON.stringify({ '*': `${upstream}/{provider}` }),
    GW_ALLOW_PRIVATE_UPSTREAMS: '1',
  }
}

async function configOf(modules: readonly string[], variables: Record<string, string>): Promise<string> {
  const { compatibilityDate, compatibilityFlags } = await readWorkerSettings()
  const list = (items: readonly string[]): string => `[${items.join(', ')}]`
  const bindings = Object.entries(variables).map(
    ([name, value]) => `(name = ${JSON.stringify(name)}, text = ${JSON.stringify(value)})`,
  )
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = ${list(modules.map((file) => `(name = "${file}", esModule = embed "${file}")`))},
      compatibilityDate = "${compatibilityDate}",
      compatibilityFlags = ${list(compatibilityFlags.map((flag) => JSON.stringify(flag)))},
      bindings = ${list(bindings)},
    )),
    (name = "internet", network = (allow = ["private", "public"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`
}

/** Spawns workerd on a prepared folder; it may not listen yet. */
export async function spawnBare(
  { path }: WorkerFolder,
  options: readonly string[] = [],
): Promise<{ child: ChildProcess; url: string }> {
  const port = await freePort(18_900)
  const args = ['serve', '--experimental', ...options, `--socket-addr=http=127.0.0.1:${port}`, 'config.capnp']
  const child = spawn(workerdOf().default, args, { cwd: path, stdio: ['ignore', 'ignore', 'inherit'] })
  return { child: track(child), url: `http://127.0.0.1:${port}` }
}

/** The workerd that Miniflare brings along. */
export function workerdOf(): { default: string; version: string } {
  const require = createRequire(import.meta.url)
  const found: { default: string; version: string } = createRequire(require.resolve('miniflare'))('workerd')
  return found
}
