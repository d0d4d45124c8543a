import { build } from 'esbuild'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const worker = fileURLToPath(new URL('../../apps/worker/', import.meta.url))

/** Bundles the Worker as it is deployed, or the one for measuring, and returns the path of the file. */
export async function bundleWorker(kind: 'src' | 'measure' = 'src'): Promise<string> {
  const outfile = `${worker}dist/${kind === 'src' ? 'index' : kind}.js`
  const { outputFiles } = await build({
    entryPoints: [`${worker}${kind}/index.ts`],
    outfile,
    bundle: true,
    minify: true,
    sourcemap: 'linked',
    format: 'esm',
    target: 'es2023',
    platform: 'browser',
    conditions: ['workerd', 'worker', 'import'],
    external: ['cloudflare:*', 'node:*'],
    logLevel: 'warning',
    write: false,
  })
  await mkdir(dirname(outfile), { recursive: true })
  for (const { path, contents } of outputFiles) await replaceFile(path, contents)
  return outfile
}

/** Another process may be reading the file just now: it sees the old one or the new one, whole. */
async function replaceFile(path: string, contents: Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}`
  await writeFile(temporary, contents)
  await rename(temporary, path)
}
