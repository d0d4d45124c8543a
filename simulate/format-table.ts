import type { Simulation } from './simulate-day.ts'
import type { Summary } from './summarise.ts'

const head = [
  'policy',
  'answered',
  'cost',
  'mean quality',
  'first output p50',
  'p95',
  'whole answer p50',
  'p95',
  'fallbacks',
]

/** The figures as a Markdown table. */
export function formatTable({ routed, random, alone }: Simulation): string {
  const rows = [
    head,
    head.map((_, index) => (index === 0 ? '---' : '---:')),
    ...[...routed, random, ...alone].map(toCells),
  ]
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

const toCells = (summary: Summary): string[] => [
  summary.name,
  `${(summary.success * 100).toFixed(2)} %`,
  `$${summary.usd.toFixed(2)}`,
  summary.quality.toFixed(2),
  toSeconds(summary.ttftP50Ms),
  toSeconds(summary.ttftP95Ms),
  toSeconds(summary.p50Ms),
  toSeconds(summary.p95Ms),
  String(summary.fallbacks),
]

const toSeconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`
