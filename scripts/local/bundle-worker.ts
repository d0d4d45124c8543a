import { build } from 'esbuild'
import { fileURLToPath } from 'node:url'

const entry = fileURLToPath(new URL('../../apps/worker/src/index.ts', import.meta.url))
const outfile = fileURLToPath(new URL('../../apps/worker/dist/index.js', import.meta.url))

/** Bundles the Worker as it is deployed, and returns the path of the file. */
export async function bundleWorker(): Promise<string> {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    keepNames: true,
    sourcemap: 'linked',
    format: 'esm',
    target: 'es2023',
    platform: 'browser',
    conditions: ['workerd', 'worker', 'import'],
    external: ['cloudflare:*', 'node:*'],
    logLevel: 'warning',
  })
  return outfile
}
