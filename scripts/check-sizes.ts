import { build, type Metafile } from 'esbuild'
import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { gzipSync } from 'node:zlib'

/** What all of an import may weigh at first load, kB, minified and gzipped, without peers: docs/decisions/0007. */
const budgets: readonly [entry: string, kilobytes: number][] = [
  ['packages/headers/src/index.ts', 3.7],
  ['packages/adapters/src/registry.ts', 6],
  ['packages/ai-sdk-provider/src/index.ts', 15],
  ['packages/workers-ai-delegate/src/index.ts', 36],
]

let isOver = false
for (const [entry, budget] of budgets) {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    splitting: true,
    outdir: 'dist',
    write: false,
    metafile: true,
    format: 'esm',
    target: 'es2023',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['import'],
    external: ['@ai-sdk/*', 'zod'],
    logLevel: 'error',
  })
  const first = loadedFirst(metafile, entry)
  const sizes = outputFiles
    .filter(({ path }) => first.has(relative('.', path)))
    .map(({ contents }) => gzipSync(contents, { level: 9 }).byteLength)
  const kilobytes = sizes.reduce((sum, size) => sum + size, 0) / 1000
  const verdict = kilobytes > budget ? 'OVER' : 'ok'
  isOver ||= kilobytes > budget
  console.log(`${entry.padEnd(42)} ${kilobytes.toFixed(2)} kB of ${budget}: ${verdict}`)
}
const workerKilobytes = gzipSync(await readFile('apps/worker/dist/index.js'), { level: 9 }).byteLength / 1000
const workerBudget = 400
isOver ||= workerKilobytes > workerBudget
console.log(
  `${'apps/worker, whole'.padEnd(42)} ${workerKilobytes.toFixed(2)} kB of ${workerBudget}: ${workerKilobytes > workerBudget ? 'OVER' : 'ok'}`,
)
const pages = 'apps/dashboard/dist'
const pageKilobytes = await firstLoadOfPages(`${pages}/.vite/manifest.json`)
const pageBudget = 250
isOver ||= pageKilobytes > pageBudget
console.log(
  `${'apps/dashboard, first page'.padEnd(42)} ${pageKilobytes.toFixed(2)} kB of ${pageBudget}: ${pageKilobytes > pageBudget ? 'OVER' : 'ok'}`,
)
process.exit(isOver ? 1 : 0)

interface Chunk {
  file: string
  imports?: string[]
  css?: string[]
}

/** What a browser loads, gzipped, until the first page can be used; charts come after it. */
async function firstLoadOfPages(path: string): Promise<number> {
  const manifest: Readonly<Record<string, Chunk>> = JSON.parse(await readFile(path, 'utf8'))
  const names = new Set(['index.html', 'src/routes/overview/overview-page.tsx'])
  const files = new Set(['index.html', 'theme.js'])
  for (const name of names) {
    const chunk = manifest[name]
    if (!chunk) throw new Error(`The dashboard has no chunk ${name}.`)
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file)
    for (const other of chunk.imports ?? []) names.add(other)
  }
  const sizes = await Promise.all(
    [...files].map(async (file) => gzipSync(await readFile(`${pages}/${file}`), { level: 9 }).byteLength),
  )
  return sizes.reduce((sum, size) => sum + size, 0) / 1000
}

/** The entry's file and what it imports at once; what is imported on demand is left out. */
function loadedFirst({ outputs }: Metafile, entry: string): Set<string> {
  const [start] = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === entry) ?? []
  const files = new Set(start === undefined ? [] : [start])
  for (const file of files) {
    for (const { path, kind } of outputs[file]?.imports ?? [])
      if (kind === 'import-statement' && path in outputs) files.add(path)
  }
  return files
}
