import { build, type Metafile } from 'esbuild'
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
process.exit(isOver ? 1 : 0)

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
