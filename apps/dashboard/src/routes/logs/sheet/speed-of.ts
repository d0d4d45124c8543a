import type { LogRow } from '../../../api/wire.ts'
import { tokensOf } from '../tokens-of.ts'

/** Tokens a second after the first one; `undefined` for what did not stream, or too little to say. */
export function speedOf({
  stream,
  ttft_ms: first,
  duration_ms: whole,
  usage,
}: Pick<LogRow, 'stream' | 'ttft_ms' | 'duration_ms' | 'usage'>): number | undefined {
  const { output } = tokensOf(usage)
  if (!stream || first === null || whole - first < 50 || output < 2) return undefined
  return (output / (whole - first)) * 1000
}
