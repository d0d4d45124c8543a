import { sql, type RawBuilder } from 'kysely'
import { durationBounds, ttftBounds } from '../analytics/histogram-bounds.ts'
import { sumNames, type UsageSums } from '../analytics/usage-sums.ts'

/** Sums as the database gives them: one JSON array, which costs far less on its way than forty columns. */
export interface UsageRow {
  usage: string
}

/** A column of a roll-up, and what is added up for it. */
interface UsageColumn {
  name: string
  expression: string
}

const durations = durationBounds.map((bound) => `duration_le_${bound}`)
const ttfts = ttftBounds.map((bound) => `ttft_le_${bound}`)
const latency = ['ttft_requests', ...durations, ...ttfts]

/** The columns of a roll-up by dimensions, which has latency, or by metadata, which has none. */
export function usageColumns(hasLatency: boolean): UsageColumn[] {
  const byDimension = { cached: "iif(cache_status = 'HIT', requests, 0)" }
  const expressions: Readonly<Record<string, string>> = hasLatency ? byDimension : {}
  const names = hasLatency ? [...sumNames, ...latency] : sumNames
  return names.map((name) => ({ name, expression: expressions[name] ?? name }))
}

/** Their sums, each under its name. */
export function summed(columns: readonly UsageColumn[]): RawBuilder<unknown> {
  return sql.raw(columns.map(({ name, expression }) => `sum(${expression}) AS ${name}`).join(', '))
}

const total = (name: string): string => `coalesce(sum(${name}), 0)`

/** The sums of several parts together, as `usage`. */
export function addedUp(hasLatency: boolean): RawBuilder<unknown> {
  const list = (names: readonly string[]): string => `json_array(${names.map(total).join(', ')})`
  const [durationCounts, ttftCounts] = hasLatency ? [list(durations), list(ttfts)] : ['json_array()', 'json_array()']
  const sums = [...sumNames.map(total), hasLatency ? total('ttft_requests') : '0', durationCounts, ttftCounts]
  return sql.raw(`json_array(${sums.join(', ')}) AS usage`)
}

type Sums = [number, number, number, number, number, number, number, number, number, number, number]

/** The column holds what `addedUp` wrote, so it needs no second look: a series has hundreds of them. */
type UsageColumns = [...Sums, number, number[], number[]]

/** Sums as everybody else has them, in the order of `sumNames`. */
export function toUsage(row: UsageRow): UsageSums {
  const columns: UsageColumns = JSON.parse(row.usage)
  const [requests, errors, cached, unpriced, unchecked, ...tokens] = columns
  const [input_tokens, output_tokens, ...money] = tokens
  const [cost_nano_usd, saved_nano_usd, saved_ms, milli_neurons, ...latency] = money
  const [ttft_requests, duration_counts, ttft_counts] = latency
  return {
    requests,
    errors,
    cached,
    unpriced,
    unchecked,
    input_tokens,
    output_tokens,
    cost_nano_usd,
    saved_nano_usd,
    saved_ms,
    milli_neurons,
    ttft_requests,
    duration_counts,
    ttft_counts,
  }
}
