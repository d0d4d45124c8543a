import { build } from 'esbuild'
import { gzipSync } from 'node:zlib'

/** What all of an import may weigh in a bundle, kB, minified and gzipped, without peers: docs/decisions/0007. */
const budgets: readonly [entry: string, kilobytes: number][] = [
  ['packages/headers/src/index.ts', 3.7],
  ['packages/adapters/src/registry.ts', 6],
  ['packages/ai-sdk-provider/src/index.ts', 15],
  ['packages/workers-ai-delegate/src/index.ts', 35],
]

let isOver = false
for (const [entry, budget] of budgets) {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2023',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['import'],
    external: ['@ai-sdk/*', 'zod'],
    logLevel: 'error',
  })
  const kilobytes =
    outputFiles.reduce((sum, { contents: bytes }) => sum + gzipSync(bytes, { level: 9 }).byteLength, 0) / 1000
  const verdict = kilobytes > budget ? 'OVER' : 'ok'
  isOver ||= kilobytes > budget
  console.log(`${entry.padEnd(42)} ${kilobytes.toFixed(2)} kB of ${budget}: ${verdict}`)
}
process.exit(isOver ? 1 : 0)
