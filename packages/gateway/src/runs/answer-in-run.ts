import { GatewayError, headerNames } from '@gw/headers'
import type { Deps } from '../deps.ts'
import { authenticate } from '../steps/authenticate.ts'
import type { RunOwner, Runs } from './runs.ts'

/** Whether a caller asks for an answer that can be resumed. */
export function asksForRun({ method, headers }: Request): boolean {
  return method === 'POST' && headers.get(headerNames.resumable) === 'true'
}

/** A run that failed before its caller got anything. */
export interface LostRun {
  error: GatewayError
  /** The run's row, where the provider had answered; without one, the request itself leaves its row. */
  logId: string | undefined
}

/**
 * Has a run of its own answer the request. `undefined` where there are no runs or the caller is unknown, which is then
 * for the request itself to say.
 */
export async function answerInRun(
  http: Request,
  gatewayId: string,
  deps: Deps,
): Promise<Response | LostRun | undefined> {
  const { runs } = deps
  if (!runs) return undefined
  const caller = await authenticate(http, new URL(http.url), deps).catch(() => undefined)
  if (!caller) return undefined
  const run = { id: createRunId(deps), orgId: caller.orgId, gatewayId }
  try {
    return await runs.start(run, http)
  } catch (cause) {
    const lost = await settleLost(run, cause, runs)
    deps.report(cause, lost.logId ?? run.id)
    return lost
  }
}

async function settleLost(run: RunOwner & { id: string }, cause: unknown, runs: Runs): Promise<LostRun> {
  const logId = await runs.abandon(run).catch(() => undefined)
  const message = logId
    ? 'The run broke off after the provider had begun to answer; what it cost is in the log. Try again, or without `gw-resumable`.'
    : 'The run failed before it answered. Try again, or without `gw-resumable`.'
  return { error: new GatewayError('unavailable', message, { cause }), logId }
}

function createRunId({ random }: Pick<Deps, 'random'>): string {
  const bytes = new Uint8Array(32)
  random(bytes)
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
