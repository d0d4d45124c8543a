import type { LogRecord } from '../logs/log-record.ts'
import { isDimension, type GroupKey } from './dimensions.ts'
import { durationBounds, ttftBounds } from './histogram-bounds.ts'
import type { UsageSums } from './usage-sums.ts'

const inputClasses = ['input', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'input_audio', 'input_image'] as const
const outputClasses = ['output', 'reasoning', 'output_audio', 'output_image'] as const

/** Most characters of a metadata value that is told apart. */
const valueLength = 128

/** What a row adds to the roll-ups, as the view `request_contributions` says it. */
export function usageOfRecord(record: LogRecord): UsageSums {
  const { usage, duration_ms: durationMs, ttft_ms: ttftMs } = record
  return {
    requests: 1,
    errors: Number(!record.success),
    cached: Number(record.cache_status === 'HIT'),
    unpriced: Number(record.cost_nano_usd === null),
    unchecked: Number(record.unchecked),
    input_tokens: inputClasses.reduce((sum, name) => sum + (usage[name] ?? 0), 0),
    output_tokens: outputClasses.reduce((sum, name) => sum + (usage[name] ?? 0), 0),
    cost_nano_usd: record.cost_nano_usd ?? 0,
    saved_nano_usd: record.saved_nano_usd ?? 0,
    saved_ms: record.saved_ms ?? 0,
    milli_neurons: record.milli_neurons ?? 0,
    duration_counts: durationBounds.map((bound) => Number(durationMs <= bound)),
    ttft_counts: ttftBounds.map((bound) => Number(ttftMs !== null && ttftMs <= bound)),
    ttft_requests: Number(ttftMs !== null),
  }
}

/** The group that a row belongs to; `undefined` where its metadata has no such entry. */
export function groupOfRecord(record: LogRecord, key: GroupKey): string | undefined {
  if (isDimension(key)) return record[key] ?? ''
  const value = record.metadata[key.slice('metadata.'.length)]
  return value === undefined || value === null ? undefined : [...String(value)].slice(0, valueLength).join('')
}
