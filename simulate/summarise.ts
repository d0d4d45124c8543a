import type { Played } from './play/policy.ts'

/** A day under one policy, in figures. Times are of answered requests, failed attempts before the answer included. */
export interface Summary {
  name: string
  /** Share of requests that were answered, 0–1. */
  success: number
  usd: number
  /** Mean over answers, 0–10. */
  quality: number
  ttftP50Ms: number
  ttftP95Ms: number
  p50Ms: number
  p95Ms: number
  /** Fallbacks in all. */
  fallbacks: number
}

export function summarise(name: string, played: readonly Played[]): Summary {
  const answered = played.filter(({ ok }) => ok)
  const firsts = answered.map(({ ttftMs }) => ttftMs).toSorted((a, b) => a - b)
  const times = answered.map(({ durationMs }) => durationMs).toSorted((a, b) => a - b)
  return {
    name,
    success: answered.length / played.length,
    usd: sum(answered.map(({ usd }) => usd)),
    quality: sum(answered.map(({ quality }) => quality)) / answered.length,
    ttftP50Ms: quantile(firsts, 0.5),
    ttftP95Ms: quantile(firsts, 0.95),
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
    fallbacks: sum(played.map(({ fallbacks }) => fallbacks)),
  }
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0)

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
