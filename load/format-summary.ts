import type { Row } from './audit/evidence.ts'
import type { Sent } from './clients/run-clients.ts'

export interface Summary {
  sent: readonly Sent[]
  rows: readonly Row[]
  /** From the first request to the end of the last answer. */
  durationMs: number
  /** Most memory that workerd had in RAM. */
  peakBytes: number
}

/** How the run went, in lines. */
export function formatSummary({ sent, rows, durationMs, peakBytes }: Summary): string[] {
  const whole = sent.filter(({ got }) => got.ending === 'complete' && got.status === 200)
  const times = whole.map(({ got }) => got.totalMs).toSorted((a, b) => a - b)
  const firsts = whole.map(({ got }) => got.firstMs ?? 0).toSorted((a, b) => a - b)
  const seconds = durationMs / 1000
  return [
    `${sent.length} requests in ${seconds.toFixed(1)} s, ${(sent.length / seconds).toFixed(0)} a second`,
    `clients   ${tally(sent.map(({ got, planned }) => (got.ending === 'left' ? `left ${planned.leave?.when}` : got.ending)))}`,
    `statuses  ${tally(sent.map(({ got }) => String(got.status ?? 'none')))}`,
    `endings   ${tally(rows.map(({ ending }) => ending))}`,
    `usage     ${tally(rows.map(({ usage_source }) => usage_source))}`,
    `attempts  ${tally(rows.map(({ attempts }) => String(attempts.length)))}`,
    `answers   p50 ${quantile(times, 0.5)} ms, p99 ${quantile(times, 0.99)} ms; first byte p50 ${quantile(firsts, 0.5)} ms, p99 ${quantile(firsts, 0.99)} ms`,
    `workerd   ${(peakBytes / 2 ** 20).toFixed(0)} MiB at its peak`,
  ]
}

function tally(names: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')
}

const quantile = (sorted: readonly number[], share: number): string =>
  (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0)
