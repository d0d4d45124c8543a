import { GatewayError } from '@gw/headers'
import type { Caller } from '@gw/keys'
import { selectNextMove } from '@gw/router'
import type { Answer } from '../answer.ts'
import type { Deps } from '../deps.ts'
import { failureOfGateway, type Failure } from '../failure.ts'
import type { AttemptRecord } from '../logs/log-record.ts'
import type { Leg, LocalLeg } from '../plan.ts'
import { nothingSeen } from '../streams/tap.ts'
import { attemptLeg, type AttemptOutcome } from './attempt-leg.ts'
import { resolveSecret, type ResolvedSecret } from './resolve-secret.ts'

export interface Tries {
  legs: readonly Leg[]
  caller: Caller
  logId: string
  callerSignal: AbortSignal
  /** Called after every attempt, whatever its outcome. */
  onAttempt(attempt: AttemptRecord): void
}

/** The first target that answers, or why the last one did not. */
export type Outcome = { ok: true; answer: Answer } | { ok: false; failure: Failure; leg: Leg }

/** Tries the legs in order, each as often as its policy says, until one answers. */
export async function firstSuccess(
  { legs, caller, logId, callerSignal, onAttempt }: Tries,
  deps: Deps,
): Promise<Outcome> {
  let count = 0
  let last: Outcome | undefined
  for (const [position, leg] of legs.entries()) {
    const hasNextTarget = position < legs.length - 1
    for (let attempt = 1; ; attempt++) {
      const canRetry = attempt < leg.retry.maxAttempts && isReplayable(leg)
      const startedAt = deps.now()
      const tried = await tryOnce(leg, {
        caller,
        logId,
        startedAt,
        callerSignal,
        canFallBack: canRetry || hasNextTarget,
        deps,
      })
      count += 1
      onAttempt(toRecord(tried, { leg, attempt: count, startedAt, now: deps.now() }))
      if (tried.outcome.ok) return tried.outcome

      const { failure } = tried.outcome
      last = { ok: false, failure, leg }
      const next = selectNextMove(leg.retry, {
        attempt,
        canRetry: failure.canRetry && isReplayable(leg),
        canFallBack: failure.canFallBack,
        hasNextTarget,
        ...(failure.retryAfterMs !== undefined && { retryAfterMs: failure.retryAfterMs }),
      })
      if (next.move === 'stop') return last
      if (next.move === 'next') break
      await deps.sleep(next.delayMs)
    }
  }
  if (last) return last
  throw new GatewayError('invalid_request', 'The request names no target.')
}

interface Once {
  caller: Caller
  logId: string
  startedAt: number
  callerSignal: AbortSignal
  canFallBack: boolean
  deps: Deps
}

interface Tried {
  outcome: AttemptOutcome
  secret: ResolvedSecret | undefined
}

async function tryOnce(leg: Leg, { caller, deps, ...once }: Once): Promise<Tried> {
  let secret: ResolvedSecret | undefined
  if (leg.kind === 'local') return { secret, outcome: { ok: true, answer: answerLocally(leg, deps.now()) } }
  try {
    secret = await resolveSecret({ provider: leg.provider, caller, own: leg.secret }, deps.secretLevels)
    return { secret, outcome: await attemptLeg({ leg, secret, deps, ...once }) }
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    return { secret, outcome: { ok: false, failure: failureOfGateway(error) } }
  }
}

/** Nobody is called, and nothing is charged. */
function answerLocally(leg: LocalLeg, now: number): Answer {
  return {
    leg,
    status: 200,
    headers: new Headers({ 'content-type': 'application/json' }),
    body: JSON.stringify(leg.answer),
    keySource: 'none',
    warnings: leg.warnings,
    done: { ending: 'complete', seen: { ...nothingSeen(), isFinished: true }, firstOutputAt: now },
  }
}

/** A body that streams through can be sent only once. */
function isReplayable(leg: Leg): boolean {
  return leg.kind !== 'native' || !(leg.body instanceof ReadableStream)
}

interface Facts {
  leg: Leg
  attempt: number
  startedAt: number
  now: number
}

function toRecord({ outcome, secret }: Tried, { leg, attempt, startedAt, now }: Facts): AttemptRecord {
  const failure = outcome.ok ? undefined : outcome.failure
  return {
    attempt,
    step: leg.step,
    provider: leg.provider.id,
    model: leg.model ?? null,
    status_code: outcome.ok ? outcome.answer.status : failure?.raw ? failure.raw.status : null,
    error_type: failure?.type ?? null,
    error_code: failure?.providerCode ?? failure?.code ?? null,
    key_source: secret?.source ?? null,
    started_at: startedAt,
    duration_ms: now - startedAt,
  }
}
