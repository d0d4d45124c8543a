import { GatewayError } from '@gw/headers'
import type { Failure } from '../failure.ts'
import type { Leg } from '../plan.ts'
import type { RoutingRecord } from '../logs/routing-record.ts'

/** A leg, and how it failed. */
export interface FailedLeg {
  leg: Leg
  failure: Failure
}

/** What to try now. */
export interface NextLeg {
  leg: Leg
  /** Another one may follow if it fails, so its stream is held back until its first real output. */
  hasNext: boolean
  /** Set where this attempt finds out whether a target works again; its outcome carries it. */
  probedAt?: number
}

/** Where a request goes: one leg after the other, of which each may depend on how the one before failed. */
export interface Itinerary {
  /** The legs that the caller named; whether the key may use them is checked before the first is called. */
  named: readonly Leg[]
  /** The first leg, or the one after a failure; `undefined` where nothing is left. @throws GatewayError */
  next(failed: FailedLeg | undefined): Promise<NextLeg | undefined>
  /** How the legs were chosen, as far as that is known, for the row; absent where the caller named them. */
  routing?(): RoutingRecord
  /** A limit on the way could not be asked, and the request passed it all the same. */
  isUnchecked?(): boolean
  /** What bears on the choice of legs beside what the request says: answers of requests that differ in it are not equal. */
  identity?: string
}

/** The legs as they are listed, until one fails in a way that no other would mend. */
export function inOrder(legs: readonly Leg[]): Itinerary {
  let position = 0
  return {
    named: legs,
    next: async (failed) => {
      if (failed && !failed.failure.canFallBack) return undefined
      const leg = legs[position]
      position += 1
      return leg && { leg, hasNext: position < legs.length }
    },
  }
}

/** One itinerary after the other; every leg has the position of its itinerary as its step. */
export function inSequence(parts: readonly Itinerary[]): Itinerary {
  let position = 0
  return {
    named: parts.flatMap(({ named }, step) => named.map((leg) => ({ ...leg, step }))),
    next: async (failed) => {
      let before = failed
      for (; position < parts.length; position += 1) {
        const isLast = position === parts.length - 1
        const found = await parts[position]?.next(before).catch(isLast ? rethrow : orNothing)
        if (found) return { ...found, leg: { ...found.leg, step: position }, hasNext: found.hasNext || !isLast }
        if (failed && !failed.failure.canFallBack) return undefined
        // The next part knows nothing of what failed before it.
        before = undefined
      }
      return undefined
    },
    routing: () => parts.map((part) => part.routing?.() ?? {})[Math.min(position, parts.length - 1)] ?? {},
    isUnchecked: () => parts.some((part) => part.isUnchecked?.()),
    identity: parts.map(({ identity = '' }) => identity).join('\n'),
  }
}

/** What an itinerary says of itself is no reason to leave the next one out. */
const orNothing = (error: unknown): undefined => {
  if (!(error instanceof GatewayError)) throw error
  return undefined
}
const rethrow = (error: unknown): never => {
  throw error
}
