import { readFileSync } from 'node:fs'
import { defineConfig } from 'tsup'

/** Reads the entry points from the package's own `exports`, so that they are named once. */
function entriesOf(manifest: string): Record<string, string> {
  const { exports }: { exports: Record<string, string> } = JSON.parse(readFileSync(manifest, 'utf8'))
  const sources = Object.values(exports).filter((path) => path.endsWith('.ts'))
  return Object.fromEntries(sources.map((path) => [path.replace('./src/', '').replace(/\.ts$/, ''), path]))
}

/** ESM JavaScript for every publishable package; `tsc` emits the declarations. */
export default defineConfig({
  entry: entriesOf('package.json'),
  format: 'esm',
  target: 'es2023',
  platform: 'neutral',
  splitting: true,
  sourcemap: true,
  clean: true,
  dts: false,
})
