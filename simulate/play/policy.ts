import type { DayRequest } from '../day/create-requests.ts'

/** What became of one request. */
export interface Played {
  ok: boolean
  /** Times another target was tried after a failure. */
  fallbacks: number
  usd: number
  /** The prior of whoever answered. */
  quality: number
  /** From the request to the first output and to the end, failed attempts included. */
  ttftMs: number
  durationMs: number
}

/** A way of choosing targets. */
export interface Policy {
  name: string
  /** Plays a day and says what became of each request, in any order. */
  play(day: Day): readonly Played[]
}

interface Day {
  seed: string
  requests: readonly DayRequest[]
}
