import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, glob, mkdir, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const dashboard = `${root}apps/dashboard/`
const dist = `${dashboard}dist`
/** Each build has a folder here, named for what it was made of, so that a running gateway keeps its files. */
const builds = `${dashboard}node_modules/.cache/pages`
const keptMs = 86_400_000
const inputs = [
  'apps/dashboard/{src,public}/**/*',
  'apps/dashboard/{index.html,package.json,vite.config.ts}',
  'packages/gateway/src/admin-client.ts',
  'scripts/local/bundle-dashboard.ts',
  'pnpm-lock.yaml',
]

/** Builds the dashboard unless it was built of the same files before, and returns the folder of its files. */
export async function bundleDashboard(): Promise<string> {
  const digest = await digestOfInputs()
  const build = `${builds}/${digest}`
  if (!existsSync(build)) await makeBuild(build)
  await utimes(build, new Date(), new Date())
  await removeOldBuilds(digest)
  return build
}

/** The same in `dist`, where wrangler takes it from. */
export async function writeDist(): Promise<void> {
  const build = await bundleDashboard()
  const copy = `${builds}/copy-${process.pid}`
  await cp(build, copy, { recursive: true })
  await rm(dist, { recursive: true, force: true })
  await rename(copy, dist)
}

async function digestOfInputs(): Promise<string> {
  const paths: string[] = []
  for await (const entry of glob(inputs, { cwd: root, withFileTypes: true })) {
    if (entry.isFile()) paths.push(`${entry.parentPath}/${entry.name}`)
  }
  const hash = createHash('sha256')
  for (const path of paths.sort())
    hash
      .update(path.slice(root.length))
      .update('\0')
      .update(await readFile(path))
  return hash.digest('hex').slice(0, 32)
}

/** Another process may make the same meanwhile: the first one wins, whole. */
async function makeBuild(build: string): Promise<void> {
  const fresh = `${build}-${process.pid}`
  await mkdir(builds, { recursive: true })
  await runVite(fresh)
  await rename(fresh, build).catch(() => rm(fresh, { recursive: true, force: true }))
}

async function runVite(outDir: string): Promise<void> {
  const child = spawn(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'build', '--outDir', outDir, '--logLevel', 'warn'],
    // Whoever builds, a test or a person: what users get is React's production build.
    { cwd: dashboard, env: { ...process.env, NODE_ENV: 'production' }, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  if (code !== 0) throw new Error('The dashboard does not build: see above.')
}

async function removeOldBuilds(current: string): Promise<void> {
  const limit = Date.now() - keptMs
  for (const name of await readdir(builds)) {
    const path = `${builds}/${name}`
    const known = name === current ? undefined : await stat(path).catch(() => undefined)
    if (known && known.mtimeMs < limit) await rm(path, { recursive: true, force: true })
  }
}
