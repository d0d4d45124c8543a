import { GatewayError } from '@gw/headers'
import type { Answer } from '../answer.ts'
import type { Deps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import type { Counter } from '../ledger/ledger.ts'
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
  let counting: readonly Counter[] = []
  for (;;) {
    const next = await tries.itinerary.next(last)
    if (!next) break
    const { leg, hasNext: hasNextTarget, probedAt } = next
    const outcome = await tryLeg({ ...leg, counting }, { ...counted, hasNextTarget, probedAt }, deps)
    if (outcome.ok) return { ok: true, answer: withRest(outcome.answer, counted, deps) }
    last = outcome
    if (tries.money.carried().nanoUsd > 0) counting = [...counting, ...softLimitsOf(leg)]
  }
  if (!last) throw new GatewayError('no_eligible_target', 'The request leads to no target.')
  return (await tryFreely(last, counted, deps)) ?? last
}

/** The budget limits of the route that led to a leg; what it may have cost counts on them wherever the request goes then. */
const softLimitsOf = ({ route }: Leg): Counter[] =>
  route?.budgets.map(({ counter }) => ({ ...counter, isHard: false })) ?? []

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
