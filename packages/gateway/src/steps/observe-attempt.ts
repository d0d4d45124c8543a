import type { Outcome } from '@gw/router'
import type { Answer } from '../answer.ts'
import type { Deps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import type { UpstreamLeg } from '../plan.ts'
import type { Relayed } from '../streams/create-reading.ts'
import { isEventStream } from './answer-headers.ts'
import type { AttemptOutcome } from './attempt-leg.ts'
import type { Purse } from './purse.ts'

export interface SeenAttempt {
  leg: UpstreamLeg
  outcome: AttemptOutcome
  startedAt: number
  /** Set for the attempt that finds out whether a target works again. */
  probedAt: number | undefined
}

/** A caller who gives a provider less time than this says nothing of the provider, ms. */
const fairMs = 5000

/** Remembers how an attempt ended, for whoever chooses a target next. Nobody waits for it. */
export function observeAttempt(seen: SeenAttempt, { caller, background }: Purse, { health, now }: Deps): void {
  const { leg, outcome, startedAt, probedAt } = seen
  if (leg.model === undefined) return
  const target = `${leg.provider.id}/${leg.model}`
  const scope = { orgId: caller.orgId, background }
  const tell = (ended: Outcome | undefined): void => {
    const claimed = probedAt === undefined ? {} : { probedAt }
    if (ended) health.observe({ target, outcome: { ...ended, ...claimed } }, scope)
  }
  if (!outcome.ok) return tell(outcomeOfFailure(outcome.failure, { leg, startedAt, at: now() }))
  const { answer } = outcome
  const end = (relayed: Relayed): void => tell(outcomeOfAnswer(answer, relayed, { startedAt, at: now() }))
  if (answer.done instanceof Promise) background(answer.done.then(end))
  else end(answer.done)
}

interface Attempted {
  startedAt: number
  at: number
}

/** `undefined` for a failure that is not the provider's, or that says something of the caller's own key or haste alone. */
function outcomeOfFailure(
  { type, code, raw, unreachable, retryAfterMs }: Failure,
  { leg, startedAt, at }: Attempted & { leg: UpstreamLeg },
): Outcome | undefined {
  const isTheirs = raw !== undefined || unreachable || code.startsWith('upstream_')
  if (!isTheirs) return undefined
  const gaveUp = type === 'timeout' && raw === undefined
  if (gaveUp && at - startedAt < fairMs) return undefined
  if ((type === 'rate_limit' || type === 'model_not_found') && leg.secret) return undefined
  return { at, ok: false, type, ...(retryAfterMs !== undefined && { retryAfterMs }) }
}

/** `undefined` for an answer of which nobody waited for the first output. */
function outcomeOfAnswer(
  { headers }: Answer,
  { ending, seen, firstOutputAt }: Relayed,
  { startedAt, at }: Attempted,
): Outcome | undefined {
  if (ending === 'client_gone') return firstOutputAt === undefined ? undefined : { at, ok: true }
  if (ending !== 'complete') return { at, ok: false, type: seen.error?.type ?? 'upstream_error' }
  const isStream = isEventStream(headers)
  return {
    at,
    ok: true,
    ...(isStream && firstOutputAt !== undefined && { ttftMs: firstOutputAt - startedAt }),
    ...(seen.usage && { outputTokens: seen.usage.completion_tokens }),
    durationMs: at - startedAt,
  }
}
