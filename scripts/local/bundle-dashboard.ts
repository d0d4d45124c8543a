import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { glob, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const dashboard = `${root}apps/dashboard/`
const output = `${dashboard}dist`
/** Says of which inputs the files in `dist` were made. */
const stamp = `${dashboard}node_modules/.cache/inputs`
const inputs = [
  'apps/dashboard/{src,public}/**/*',
  'apps/dashboard/{index.html,package.json,vite.config.ts}',
  'packages/gateway/src/admin/**/*.ts',
  'packages/gateway/package.json',
  'pnpm-lock.yaml',
]

/** Builds the dashboard unless it was built of the same files before, and returns the folder of its files. */
export async function bundleDashboard(): Promise<string> {
  const digest = await digestOfInputs()
  const known = await readFile(stamp, 'utf8').catch(() => '')
  if (known === digest && existsSync(`${output}/index.html`)) return output
  const fresh = `${dashboard}node_modules/.cache/dist-${process.pid}`
  await runVite(fresh)
  await replaceFolder(fresh)
  await mkdir(dirname(stamp), { recursive: true })
  await writeFile(stamp, digest)
  return output
}

async function digestOfInputs(): Promise<string> {
  const paths: string[] = []
  for await (const entry of glob(inputs, { cwd: root, withFileTypes: true })) {
    if (entry.isFile()) paths.push(`${entry.parentPath}/${entry.name}`)
  }
  const hash = createHash('sha256')
  for (const path of paths.sort()) hash.update(path.slice(root.length)).update('\0').update(await readFile(path))
  return hash.digest('hex')
}

async function runVite(outDir: string): Promise<void> {
  const child = spawn(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'build', '--outDir', outDir, '--logLevel', 'warn'],
    { cwd: dashboard, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (code !== 0) throw new Error('The dashboard does not build: see above.')
}

/** Another process may have built the same meanwhile; the last one wins. */
async function replaceFolder(fresh: string): Promise<void> {
  const old = `${fresh}-old`
  await rename(output, old).catch(() => undefined)
  await rename(fresh, output)
  await rm(old, { recursive: true, force: true })
}
