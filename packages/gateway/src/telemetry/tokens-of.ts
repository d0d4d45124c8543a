import type { LogRecord } from '../logs/log-record.ts'

/** Tokens as the conventions count them: `input` includes what the cache had, `output` includes reasoning. */
export function tokensOf(usage: LogRecord['usage']): {
  input: number | undefined
  output: number | undefined
  cacheWrite: number | undefined
} {
  return {
    input: sum(
      usage.input,
      usage.cache_read,
      usage.cache_write_5m,
      usage.cache_write_1h,
      usage.input_audio,
      usage.input_image,
    ),
    output: sum(usage.output, usage.reasoning, usage.output_audio, usage.output_image),
    cacheWrite: sum(usage.cache_write_5m, usage.cache_write_1h),
  }
}

/** `undefined` where nobody counted any. */
function sum(...counts: (number | undefined)[]): number | undefined {
  const known = counts.filter((count) => count !== undefined)
  return known.length === 0 ? undefined : known.reduce((total, count) => total + count, 0)
}
