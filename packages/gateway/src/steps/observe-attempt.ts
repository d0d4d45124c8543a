import { findModel } from '@gw/catalog'
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

/** A native body may name any model; what is remembered has a bound. */
const longestModel = 256

/** Remembers how an attempt ended, for whoever chooses a target next. Nobody waits for it. */
export function observeAttempt(seen: SeenAttempt, { caller, background }: Purse, { health, now }: Deps): void {
  const { leg, outcome, startedAt, probedAt } = seen
  if (leg.model === undefined || leg.model.length > longestModel) return
  const target = `${leg.provider.id}/${leg.model}`
  const scope = { orgId: caller.orgId, background }
  const tell = (ended: Outcome | undefined): void => {
    const claimed = probedAt === undefined ? {} : { probedAt }
    if (ended) health.observe({ target, outcome: { ...ended, ...claimed } }, scope)
  }
  if (!outcome.ok) {
    const at = now()
    // A probe that found nothing out makes room for another.
    const unsaid = probedAt === undefined ? undefined : ({ at, ok: false, type: 'invalid_request' } as const)
    return tell(outcomeOfFailure(outcome.failure, { leg, startedAt, at }) ?? unsaid)
  }
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
  const isAboutRequest = raw !== undefined && blamesRequest({ type, status: raw.status, leg, at })
  return {
    at,
    ok: false,
    type: isAboutRequest ? 'invalid_request' : type,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  }
}

/** Failures that have a target rest, or lower its uptime. */
const weighty: ReadonlySet<string> = new Set(['model_not_found', 'rate_limit', 'timeout', 'upstream_error'])

/** Statuses of the 4xx by which a provider may speak of itself. */
const ownStatuses: ReadonlySet<number> = new Set([401, 402, 403, 404, 408, 425, 429, 499])

interface Refusal {
  type: Failure['type']
  status: number
  leg: UpstreamLeg
  at: number
}

/**
 * A refusal of this one request, whatever its words: they may be the request's own, which the provider repeats, and nobody
 * may have a target rest for others with them. A 404 of a native call may be that of its path, and one for another kind of
 * model than the request needs says nothing of what the model does.
 */
function blamesRequest({ type, status, leg, at }: Refusal): boolean {
  if (!weighty.has(type)) return false
  if (status >= 400 && status < 500 && !ownStatuses.has(status)) return true
  if (type !== 'model_not_found') return false
  if (leg.kind === 'native') return true
  const { capabilities } = findModel({ provider: leg.provider.id, model: leg.model ?? '' }, at) ?? {}
  return capabilities !== undefined && capabilities.includes('chat') !== (leg.kind === 'chat')
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
