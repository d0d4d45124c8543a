import { GatewayError } from '@gw/headers'
import type { Answer } from '../answer.ts'
import type { Deps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import type { Leg } from '../plan.ts'
import { freeLeg } from './free-leg.ts'
import type { ResolvedKey } from './resolve-keys.ts'
import { countAttempts, tryLeg, tryOnce, type Counted, type Failed, type Tries } from './try-leg.ts'
import { withRest } from './with-rest.ts'

/** The first target that answers, or why the last one did not. */
export type Outcome = { ok: true; answer: Answer } | { ok: false; failure: Failure; leg: Leg }

/** Tries the legs of the itinerary, each as often as its policy says, until one answers. */
export async function firstSuccess(tries: Tries, deps: Deps): Promise<Outcome> {
  const counted = countAttempts(tries)
  let last: Failed | undefined
  for (;;) {
    const next = await tries.itinerary.next(last)
    if (!next) break
    const { leg, hasNext: hasNextTarget, probedAt } = next
    const outcome = await tryLeg(leg, { ...counted, hasNextTarget, probedAt }, deps)
    if (outcome.ok) return { ok: true, answer: withRest(outcome.answer, counted, deps) }
    last = outcome
  }
  if (!last) throw new GatewayError('no_eligible_target', 'The request leads to no target.')
  return (await tryFreely(last, counted, deps)) ?? last
}

/** Where no key of ours is valid: free Workers AI, if it can do what was asked. */
async function tryFreely(failed: Failed, tries: Counted, deps: Deps): Promise<Outcome | undefined> {
  const free = await freeLeg(failed, tries.purse, deps)
  if (!free) return undefined
  const { leg, key: candidate } = free
  const key: ResolvedKey = { source: 'free', secret: candidate.secret }
  const outcome = await tryOnce({ leg, key, canFallBack: false }, tries, deps)
  // What stood in the way first is what the caller can mend.
  return outcome.ok ? outcome : undefined
}
