import { isServedGateway, units, type Comparison } from '../scenarios/scenario.ts'
import type { Measured } from '../scenarios/measure-scenario.ts'
import { medianOf } from './median-of.ts'

/** One line of the report. */
export interface Line {
  scenario: string
  unit: string
  values: ReadonlyMap<string, number>
  ratios: readonly Ratio[]
}

interface Ratio extends Comparison {
  value: number
}

/** The medians of a scenario, and its ratios: median of the ratios within a round. */
export function toLine({ scenario, figures }: Measured): Line {
  return lineOf(figures, { scenario: scenario.title, unit: units[scenario.figure] }, scenario.comparisons)
}

export function lineOf(
  figures: ReadonlyMap<string, readonly number[]>,
  { scenario, unit }: Pick<Line, 'scenario' | 'unit'>,
  comparisons: readonly Comparison[],
): Line {
  const ratios = comparisons.map((comparison) => {
    const to = figures.get(comparison.to) ?? []
    const value = medianOf((figures.get(comparison.of) ?? []).map((own, round) => own / (to[round] ?? Number.NaN)))
    return { ...comparison, value }
  })
  return { scenario, unit, values: new Map([...figures].map(([label, all]) => [label, medianOf(all)])), ratios }
}

/** A line for the terminal. */
export function formatLine({ scenario, unit, values, ratios }: Line): string {
  const figures = [...values].map(([label, value]) => `${label} ${round(value)}`).join('  ')
  return `${scenario} (${unit})\n    ${figures}\n    ${ratios.map(formatRatio).join('   ')}`
}

/** Throughput and latency, for orientation: the load takes CPU time from the same cores. */
export function formatPace({ pace, rounds }: Measured): string {
  const all = [...pace].map(([label, { perSecond, p50Ms }]) => `${label} ${round(perSecond)}/s p50 ${round(p50Ms)} ms`)
  return `    ${all.join('  ')}  (${rounds} rounds)`
}

function formatRatio({ of, to, value, atMost }: Ratio): string {
  return `${of}/${to} ×${value.toFixed(2)}${verdict(value, atMost)}`
}

function verdict(value: number, atMost: number | undefined): string {
  if (atMost === undefined) return ''
  return value <= atMost ? ` (≤ ${atMost}: met)` : ` (≤ ${atMost}: missed)`
}

const columns = ['null', 'gw', 'null-alone', 'gw-alone', 'peer']

/** All lines as a Markdown table; variants of a scenario's own follow below it in the terminal's form. */
export function formatMarkdown(lines: readonly Line[]): string {
  const titles = ['null', 'gw', 'null, alone', 'gw, alone', 'peer']
  const head = `| | ${titles.join(' | ')} | gw / null | alone | target |\n|---|${'---:|'.repeat(titles.length + 3)}`
  return [head, ...lines.map(markdownRow)].join('\n')
}

function markdownRow({ scenario, unit, values, ratios }: Line): string {
  const cells = columns.map((label) => cell(values.get(label) ?? values.get(`${label} retries`)))
  const [served, alone] = [
    ratios.find(({ of }) => isServedGateway(of)),
    ratios.find(({ of }) => of.startsWith('gw-alone')),
  ]
  const atMost = served?.atMost ?? alone?.atMost
  return `| ${scenario}, ${unit} | ${cells.join(' | ')} | ${ratioCell(served)} | ${ratioCell(alone)} | ${atMost === undefined ? '' : `≤ ${atMost}`} |`
}

const cell = (value: number | undefined): string => (value === undefined ? '–' : round(value))
const ratioCell = (ratio: Ratio | undefined): string => (ratio === undefined ? '–' : ratio.value.toFixed(2))

function round(value: number): string {
  if (Math.abs(value) >= 100) return value.toFixed(0)
  return value.toFixed(Math.abs(value) >= 10 ? 1 : 2)
}
