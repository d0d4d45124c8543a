import { build } from 'esbuild'
import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import workerd from 'workerd'
import { unusedPort } from '../start-script.ts'

export interface RunningWorker {
  url: string
  stop(): Promise<void>
}

/**
 * Runs the client Worker in a workerd of its own, with the runtime's `Ai` class as `env.AI` and the gateway in the place
 * of `https://workers-binding.ai`. As in production, the platform adds the credential.
 */
export async function startClientWorker(gateway: { url: string; key: string }): Promise<RunningWorker> {
  const folder = await mkdtemp(`${tmpdir()}/gw-client-`)
  await build({
    entryPoints: [fileURLToPath(new URL('client-worker.ts', import.meta.url))],
    outfile: `${folder}/client.js`,
    bundle: true,
    format: 'esm',
    target: 'es2023',
    platform: 'browser',
    conditions: ['workerd', 'worker', 'import'],
    external: ['cloudflare:*', 'node:*'],
    logLevel: 'error',
  })
  const port = await unusedPort()
  await writeFile(`${folder}/config.capnp`, configOf(gateway, port))
  const child = spawn(workerd, ['serve', `${folder}/config.capnp`], { stdio: ['ignore', 'ignore', 'pipe'] })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL')
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  const url = `http://127.0.0.1:${port}`
  for (let isUp = false; !isUp;) {
    if (child.exitCode !== null) throw new Error(`workerd ended: ${errors}`)
    isUp = await fetch(url).then(
      () => true,
      () => false,
    )
  }
  return { url, stop }
}

function configOf({ url, key }: { url: string; key: string }, port: number): string {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "client", worker = .client),
    (name = "gateway", external = (address = "${new URL(url).host}", http = (
      injectRequestHeaders = [(name = "cf-aig-authorization", value = "Bearer ${key}")]
    )))
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "client")]
);
const client :Workerd.Worker = (
  modules = [(name = "client.js", esModule = embed "client.js")],
  compatibilityDate = "2026-08-15",
  compatibilityFlags = ["nodejs_compat"],
  bindings = [(name = "AI", wrapped = (
    moduleName = "cloudflare-internal:ai-api",
    innerBindings = [(name = "fetcher", service = "gateway")]
  ))]
);
`
}
