import type { Random } from './create-random.ts'

const [hourMs, dayMs] = [3_600_000, 86_400_000]

/** How busy the hours of a UTC day are. */
const byHour = [3, 2, 2, 2, 2, 3, 5, 8, 12, 15, 16, 16, 14, 15, 17, 17, 16, 14, 11, 9, 8, 7, 5, 4]

/** Sundays first. */
const byWeekday = [0.35, 1, 1.05, 1.1, 1.05, 0.9, 0.4]

export interface Moments {
  /** Ms since the epoch. */
  from: number
  to: number
  count: number
}

/** Exactly so many moments of a period, in order: more by day than by night, fewer on weekends, and growing slowly. */
export function* listMoments({ from, to, count }: Moments, random: Random): Generator<number> {
  const hours = Array.from({ length: Math.ceil((to - from) / hourMs) }, (_, index) => from + index * hourMs)
  const weights = hours.map((at) => weightOf(at) * (1 + (0.5 * (at - from)) / (to - from)))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let [passed, made] = [0, 0]
  for (const [index, at] of hours.entries()) {
    passed += weights[index] ?? 0
    const due = index === hours.length - 1 ? count : Math.round((count * passed) / total)
    const length = Math.min(hourMs, to - at)
    const moments = Array.from({ length: due - made }, () => at + Math.floor(random.next() * length))
    yield* moments.toSorted((a, b) => a - b)
    made = due
  }
}

function weightOf(at: number): number {
  const hour = byHour[Math.floor((at % dayMs) / hourMs)] ?? 1
  return hour * (byWeekday[new Date(at).getUTCDay()] ?? 1)
}
