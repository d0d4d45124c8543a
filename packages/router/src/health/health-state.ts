import type { ErrorType } from '../error-type.ts'

/** All that is remembered of a target: a few hundred bytes of plain JSON. Sums are as of `at` and fade from there. */
export interface HealthState {
  /** The latest end of an attempt that was seen, in epoch milliseconds. */
  at: number
  /** Successes, decayed. */
  ok: number
  /** Failures by type, decayed. */
  failed: Partial<Record<ErrorType, number>>
  circuit: Circuit
  speed?: MeasuredSpeed
  /** Until when the provider is taken not to have the model, in epoch milliseconds. */
  missingUntil?: number
  /** The last rate limit; dropped by a success after it. */
  limit?: LimitRest
}

/** Closed without `restsUntil`; open until then, and half-open afterwards. */
export interface Circuit {
  /** Successes and counted failures since it was closed last, decayed. */
  ok: number
  failed: number
  /** Openings in a row. */
  trips: number
  closedAt?: number
  restsUntil?: number
  /** The attempt that is finding out whether the target works again. */
  probe?: { at: number; until: number }
}

export interface MeasuredSpeed {
  /** Measured answers, 80 at most; unlike the averages they don't fade. */
  samples: number
  /** End of the latest of them. */
  at: number
  /** Milliseconds to the first real output. */
  ttft?: Average
  /** Output tokens per second. */
  throughput?: Average
}

/** A geometric mean: that of a few slow answers among many is hardly slower. */
export interface Average {
  weight: number
  /** Sum of the natural logarithms, weighted. */
  logSum: number
}

export interface LimitRest {
  until: number
  /** Rests in a row whose length nobody said. */
  inARow: number
}
