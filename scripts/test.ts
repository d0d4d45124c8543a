import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'

const corpus = new URL('../../shared/corpus/index.json', import.meta.url)

/** Part of turbo's cache key: a run with other recordings, or without, is another run. */
const digest = existsSync(corpus) ? createHash('sha256').update(readFileSync(corpus)).digest('hex') : 'absent'
if (digest === 'absent') console.log('The recorded provider answers are absent: the tests that need them are skipped.')

const counts = { passed: 0, failed: 0, skipped: 0 }
const turbo = spawn(
  'turbo',
  ['run', 'test', '--concurrency=2', '--output-logs=full', '--continue', ...process.argv.slice(2)],
  {
    env: { ...process.env, GW_CORPUS_DIGEST: digest },
    stdio: ['ignore', 'pipe', 'inherit'],
  },
)
turbo.stdout.setEncoding('utf8')
let open = ''
turbo.stdout.on('data', (text: string) => {
  process.stdout.write(text)
  const lines = (open + text).split('\n')
  open = lines.pop() ?? ''
  for (const line of lines) count(stripVTControlCharacters(line))
})
turbo.on('close', (code) => {
  const { passed, failed, skipped } = counts
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`)
  process.exit(code ?? 1)
})

/** Adds up the summaries that vitest prints for each package: `Tests  1 failed | 20 passed | 2 skipped (23)`. */
function count(line: string): void {
  const [, summary] = /\bTests\s+(.*\(\d+\))/.exec(line) ?? []
  if (summary === undefined) return
  for (const [, amount, word] of summary.matchAll(/(\d+) (passed|failed|skipped|todo)/g)) {
    if (word === 'passed' || word === 'failed' || word === 'skipped') counts[word] += Number(amount)
  }
}
