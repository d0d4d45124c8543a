const dayMs = 86_400_000

export interface Spending {
  /** Ms since the epoch. */
  now: number
  /** When the month ends, ms since the epoch. */
  to: number
  /** What the month has cost so far. */
  monthToDateNanoUsd: number
  /** What the last full UTC days cost, oldest first. Days before the first request do not belong here. */
  dailyNanoUsd: readonly number[]
  /** What this UTC day has cost so far; it stands for the days where there is no full one yet. */
  todayNanoUsd: number
}

/**
 * What the month will have cost: what it has so far, and for the time that is left the mean of the last full days. On a
 * first day, its own pace goes on.
 */
export function forecastSpend({ now, to, monthToDateNanoUsd, dailyNanoUsd, todayNanoUsd }: Spending): number {
  const remainingDays = Math.max(to - now, 0) / dayMs
  const total = dailyNanoUsd.reduce((sum, cost) => sum + cost, 0)
  const elapsed = (now % dayMs) / dayMs
  const today = elapsed > 0 ? todayNanoUsd / elapsed : todayNanoUsd
  const perDay = dailyNanoUsd.length > 0 ? total / dailyNanoUsd.length : today
  return Math.round(monthToDateNanoUsd + perDay * remainingDays)
}
