import type { Answer } from './answer.ts'
import { openBodyTape, type BodyTape } from './bodies/open-body-tape.ts'
import { openCacheSlot } from './cache/open-cache-slot.ts'
import type { Deps, Execution } from './deps.ts'
import { failureOfError } from './failure.ts'
import { openJournal, type Journal } from './open-journal.ts'
import { respond, respondWithFailure, respondWithUpstreamFailure } from './respond.ts'
import { isRouted } from './routing/is-routed.ts'
import { admit } from './steps/admit.ts'
import { checkLimits } from './steps/check-limits.ts'
import { checkLegScopes } from './steps/check-scopes.ts'
import { firstSuccess } from './steps/first-success.ts'
import type { Surface } from './surfaces/surface.ts'

export interface Entry {
  surface: Surface
  /** Name of the gateway in the URL; `undefined` on the root API. */
  gatewayId: string | undefined
}

/** The whole life of one request, in order. Every path leaves one log row once the caller is known. */
export async function handle(
  http: Request,
  { surface, gatewayId }: Entry,
  scope: { deps: Deps; execution: Execution },
): Promise<Response> {
  const { deps, execution } = scope
  const journal = openJournal({ http, surface: surface.id, deps, execution })
  const tape = openBodyTape(http, { surface, deps })
  let underWay: Answer | undefined
  try {
    const { url, money } = journal
    const { purse, options, recheck } = await admit({ http, surface, gatewayId, journal, execution }, deps)
    tape.admit(purse, options)
    const limits = await checkLimits(purse, deps)
    journal.limit(limits)
    if (limits.error) throw limits.error
    const { caller, gateway } = purse
    const plan = await surface.parse({ ...purse, http, url, options }, deps)
    journal.plan(plan)
    for (const leg of plan.itinerary.named) checkLegScopes(caller, leg)

    const slot = await openCacheSlot({ http, surface: surface.id, plan, purse, options, recheck }, deps)
    const { attempt: onAttempt, reserve: onReserve, breakOff: onBreak } = journal
    const tries = {
      itinerary: plan.itinerary,
      purse,
      money,
      recheck,
      callerSignal: http.signal,
      onAttempt,
      onReserve,
      onBreak,
    }
    const bounded = boundedBy(gateway.settings.on_client_gone, deps)
    const outcome = slot.hit ?? (await slot.fill(firstSuccess(tries, bounded)))
    if (!outcome.ok) {
      journal.fail(outcome.failure, outcome.leg)
      return await wrap(tape.fail(respondWithUpstreamFailure(outcome, { surface, journal })), surface, deps)
    }
    underWay = outcome.answer
    tape.listen(outcome.answer)
    const bill = journal.answer(outcome.answer, (ended) => {
      slot.keep(ended)
      tape.keep()
    })
    const isChosen = outcome.answer.keySource === 'free' || isRouted(plan.requestedModel)
    const requestedModel = isChosen ? plan.requestedModel : undefined
    const routing = plan.itinerary.routing?.()
    return await wrap(respond(outcome.answer, { journal, bill, requestedModel, routing }), surface, deps)
  } catch (error) {
    if (underWay) execution.waitUntil(letGo(underWay))
    return reject(error, { surface, journal, tape, deps })
  }
}

/** An answer that nobody will read is let go of; then its row comes. */
async function letGo({ body }: Answer): Promise<void> {
  if (body instanceof ReadableStream) await body.cancel().catch(() => undefined)
}

/** A gateway may let go of answers whose callers have left. */
function boundedBy(policy: 'drain' | 'cancel' | undefined, deps: Deps): Deps {
  return policy === 'cancel' ? { ...deps, limits: { ...deps.limits, drainMs: 0 } } : deps
}

async function wrap(answer: Response, surface: Surface, deps: Deps): Promise<Response> {
  return surface.wrap ? surface.wrap(answer, deps) : answer
}

/** An error of ours, in the caller's dialect, and its row. */
function reject(
  error: unknown,
  { surface, journal, tape, deps }: { surface: Surface; journal: Journal; tape: BodyTape; deps: Deps },
): Response {
  const failure = failureOfError(error, (unforeseen) => deps.report(unforeseen, journal.id))
  journal.fail(failure, undefined)
  return tape.fail(respondWithFailure(failure, { surface, journal }))
}
