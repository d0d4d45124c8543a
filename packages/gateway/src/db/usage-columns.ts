import { sql, type RawBuilder } from 'kysely'
import * as z from 'zod'
import { durationBounds, ttftBounds } from '../analytics/histogram-bounds.ts'
import { sumNames, type UsageSums } from '../analytics/usage-sums.ts'

/** Sums as the database gives them; histograms are JSON. */
export type UsageRow = Readonly<Record<(typeof sumNames)[number], number>> & {
  ttft_requests: number
  duration_counts: string
  ttft_counts: string
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

/** The sums of several parts together. */
export function addedUp(hasLatency: boolean): RawBuilder<unknown> {
  const list = (names: readonly string[]): string =>
    hasLatency ? `json_array(${names.map(total).join(', ')})` : `'[]'`
  return sql.raw(
    [
      ...sumNames.map((name) => `${total(name)} AS ${name}`),
      `${hasLatency ? total('ttft_requests') : '0'} AS ttft_requests`,
      `${list(durations)} AS duration_counts`,
      `${list(ttfts)} AS ttft_counts`,
    ].join(', '),
  )
}

const counts = z.array(z.number())

/** Sums as everybody else has them. */
export function toUsage({ duration_counts, ttft_counts, ...row }: UsageRow): UsageSums {
  return {
    requests: row.requests,
    errors: row.errors,
    cached: row.cached,
    unpriced: row.unpriced,
    unchecked: row.unchecked,
    input_tokens: row.input_tokens,
    output_tokens: row.output_tokens,
    cost_nano_usd: row.cost_nano_usd,
    saved_nano_usd: row.saved_nano_usd,
    saved_ms: row.saved_ms,
    milli_neurons: row.milli_neurons,
    ttft_requests: row.ttft_requests,
    duration_counts: counts.parse(JSON.parse(duration_counts)),
    ttft_counts: counts.parse(JSON.parse(ttft_counts)),
  }
}
