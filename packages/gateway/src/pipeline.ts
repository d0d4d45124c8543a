import type { Deps, Execution } from './deps.ts'
import { failureOfError } from './failure.ts'
import { openJournal, type Journal } from './open-journal.ts'
import { respond, respondWithFailure, respondWithUpstreamFailure } from './respond.ts'
import { authenticate } from './steps/authenticate.ts'
import { findGateway } from './steps/find-gateway.ts'
import { firstSuccess } from './steps/first-success.ts'
import { parseOptions } from './steps/parse-options.ts'
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
  try {
    const { url } = journal
    const caller = await authenticate(http, url, deps.keys)
    journal.identify(caller, gatewayId)
    const options = { ...parseOptions(http.headers), ...(await surface.readOptions?.(http, deps)) }
    const gateway = await findGateway(caller, gatewayId ?? options.gatewayId ?? 'default', deps.gateways)
    journal.choose(gateway, options)
    const plan = await surface.parse({ http, url, options, gateway }, deps)
    journal.plan(plan)

    const tries = { legs: plan.legs, caller, logId: journal.id, callerSignal: http.signal, onAttempt: journal.attempt }
    const outcome = await firstSuccess(tries, deps)
    if (!outcome.ok) {
      journal.fail(outcome.failure, outcome.leg)
      return await wrap(respondWithUpstreamFailure(outcome, { surface, journal }), surface, deps)
    }
    const bill = journal.answer(outcome.answer)
    return await wrap(respond(outcome.answer, { journal, bill }), surface, deps)
  } catch (error) {
    return reject(error, { surface, journal, deps })
  }
}

async function wrap(answer: Response, surface: Surface, deps: Deps): Promise<Response> {
  return surface.wrap ? surface.wrap(answer, deps) : answer
}

/** An error of ours, in the caller's dialect, and its row. */
function reject(
  error: unknown,
  { surface, journal, deps }: { surface: Surface; journal: Journal; deps: Deps },
): Response {
  const failure = failureOfError(error, (unforeseen) => deps.report(unforeseen, journal.id))
  journal.fail(failure, undefined)
  return respondWithFailure(failure, { surface, journal })
}
