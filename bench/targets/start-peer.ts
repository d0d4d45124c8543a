import { execFile, fork, type ChildProcess } from 'node:child_process'
import { access, mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { freePort } from '../../scripts/local/free-port.ts'
import type { Ready } from './child-protocol.ts'
import { track } from './start-child.ts'
import { waitUntilUp } from './wait-until-up.ts'

const folder = fileURLToPath(new URL('../.peer/', import.meta.url))
const entry = `${folder}node_modules/@portkey-ai/gateway/build/start-server.js`

/** Newer versions of these two break the peer's streaming. */
const pinned = { hono: '4.9.7', '@hono/node-server': '1.13.5' }
const manifest = {
  name: 'gw-bench-peer',
  private: true,
  dependencies: { '@portkey-ai/gateway': '1.15.2', ...pinned },
  overrides: pinned,
}

/** Installs the peer on the first run. @returns why that failed, or `undefined`. */
export async function installPeer(): Promise<string | undefined> {
  if (await exists(entry)) return undefined
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(`${folder}package.json`, JSON.stringify(manifest, undefined, 2))
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
    await promisify(execFile)('npm', args, { cwd: folder, timeout: 120_000 })
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message.split('\n')[0] : String(error)
  }
}

/** Starts the peer on Node, as its own start script does. */
export async function startPeer(): Promise<Ready> {
  const { child, url } = await spawnPeer()
  await waitUntilUp(url)
  return { url, pid: child.pid ?? 0 }
}

/** Spawns the peer; it may not listen yet. */
export async function spawnPeer(): Promise<{ child: ChildProcess; url: string }> {
  const port = await freePort(18_800)
  // The channel ends the peer together with the benchmark, however that ends.
  const dieWithParent = 'data:text/javascript,process.once("disconnect",()=>process.exit())'
  const child = fork(entry, [`--port=${port}`, '--headless'], {
    cwd: folder,
    detached: true,
    execArgv: ['--import', dieWithParent],
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  return { child: track(child), url: `http://127.0.0.1:${port}` }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
