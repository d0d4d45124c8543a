import type { Attempt, LogRow } from '../../../api/wire.ts'

/** Where an attempt lies in the time of its request. */
export interface AttemptBar {
  attempt: Attempt
  startPercent: number
  widthPercent: number
  /** Where the first token of the answer came; `undefined` for attempts that did not give it. */
  firstPercent: number | undefined
}

/** The attempts of a request as bars over its whole time. */
export function toBars({
  created_at: begin,
  duration_ms: duration,
  ttft_ms: first,
  attempts,
}: Pick<LogRow, 'created_at' | 'duration_ms' | 'ttft_ms' | 'attempts'>): AttemptBar[] {
  const ends = attempts.map((attempt) => attempt.started_at + attempt.duration_ms - begin)
  const whole = Math.max(1, duration, ...ends)
  const percent = (ms: number): number => Math.min(100, Math.max(0, (ms / whole) * 100))
  return attempts.map((attempt, index) => {
    const startPercent = percent(attempt.started_at - begin)
    const isLast = index === attempts.length - 1
    return {
      attempt,
      startPercent,
      widthPercent: Math.min(100 - startPercent, percent(attempt.duration_ms)),
      firstPercent: isLast && first !== null ? percent(first) : undefined,
    }
  })
}
