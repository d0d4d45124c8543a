import type { GatewayOptions } from '@gw/headers'
import type { Answer } from '../answer.ts'
import type { Deps } from '../deps.ts'
import type { EndedAnswer } from '../open-journal.ts'
import type { Plan } from '../plan.ts'
import { isInScope } from '../steps/check-scopes.ts'
import type { Outcome } from '../steps/first-success.ts'
import type { Purse } from '../steps/purse.ts'
import { answerAgain } from './answer-again.ts'
import { cacheScopeOf, type ScopedRequest } from './cache-scope-of.ts'
import { createCacheKey } from './create-cache-key.ts'
import { createLead } from './create-lead.ts'
import { parseKeptAnswer } from './parse-kept-answer.ts'
import { selectCachePolicy } from './select-cache-policy.ts'
import { openSimilar } from './semantic/open-similar.ts'
import { takeTurn } from './take-turn.ts'

/** What the cache has for a request, and what it wants of its answer. */
export interface CacheSlot {
  /** An answer of before. */
  hit: (Outcome & { ok: true }) | undefined
  /** Watches over what is under way: where it comes to nothing that can be kept, the next who waits goes. */
  fill(outcome: Promise<Outcome>): Promise<Outcome>
  /** Keeps the answer once it has ended, if all of it is there. */
  keep(ended: EndedAnswer): void
}

export interface CachedRequest extends ScopedRequest {
  plan: Plan
  purse: Purse
  /** Id of the surface. */
  surface: string
  /** The same purse again. @throws GatewayError where the caller may not any more */
  recheck(): Promise<Purse>
}

const noSlot: CacheSlot = { hit: undefined, fill: (outcome) => outcome, keep: () => undefined }

/**
 * Looks whether the request was answered before, or is being answered just now; then it waits for that. A cache that is
 * off, down or slow has nothing, and takes nothing. @throws GatewayError `client_closed` when the caller leaves meanwhile,
 * and as `admit` when the caller may not any more after a wait
 */
export async function openCacheSlot(request: CachedRequest, deps: Deps): Promise<CacheSlot> {
  const { cache } = deps
  const { plan, purse, options, surface, http, recheck } = request
  const policy = cache && selectCachePolicy(plan, options, purse.gateway.settings)
  if (!cache || !policy) return noSlot

  const scope = await cacheScopeOf(request, deps)
  const subject = { surface, form: formOf(request), content: policy.content }
  const key = await createCacheKey(scope, subject)
  const { answers, room } = cache
  const place = { answers, key, turn: purse.logId }
  const found = await takeTurn(place, {
    waitMs: firstOf(request).requestTimeoutMs,
    callerSignal: http.signal,
    recheck,
    background: purse.background,
    report: (error) => deps.report(error, purse.logId),
  })
  if (found.state === 'kept') {
    const hit = replay(found.value, request, deps)
    if (hit === 'unreadable')
      purse.background(answers.remove(key).catch((error: unknown) => deps.report(error, purse.logId)))
    return hit === undefined || hit === 'unreadable' ? noSlot : { ...noSlot, hit: { ok: true, answer: hit } }
  }
  if (found.state !== 'lead') return noSlot
  const similar = await openSimilar({ plan, purse, scope, subject, cache }, deps)
  const alike = similar?.value && replay(similar.value, request, deps)
  if (alike && alike !== 'unreadable') {
    purse.background(answers.leave(key, purse.logId).catch(() => undefined))
    return { ...noSlot, hit: { ok: true, answer: { ...alike, warnings: [...alike.warnings, 'semantic'] } } }
  }
  const { ttlMs } = policy
  const onKept = similar && (() => similar.remember(key.variant, ttlMs))
  return { hit: undefined, ...createLead(place, { ttlMs, room, purse, plan, scope, onKept, report: deps.report }) }
}

/** The answer again, where the provider is still there and the key may use it. */
function replay(
  value: Uint8Array<ArrayBuffer>,
  request: CachedRequest,
  { providers, now }: Deps,
): Answer | 'unreadable' | undefined {
  const kept = parseKeptAnswer(value)
  if (!kept) return 'unreadable'
  const provider = providers.find(kept.provider)
  if (!provider || !isInScope(request.purse.caller, { provider, model: kept.model ?? undefined })) return undefined
  return answerAgain(kept, { options: firstOf(request), at: now() })
}

/** What the request asks of the gateway, or the first entry of a universal one. */
const firstOf = ({ plan: { entries }, options }: CachedRequest): GatewayOptions => entries?.[0]?.options ?? options

/** What makes answers differ although a custom key is the same. */
function formOf({ plan, options }: CachedRequest): string[] {
  const { stream, itinerary, entries } = plan
  const asked = entries?.map((entry) => entry.options) ?? [options]
  const wishes = asked.map(({ byokAlias, constraints, allowedModels, allowedProviders, zdr }) => [
    byokAlias ?? '',
    constraints ?? {},
    allowedModels ?? [],
    allowedProviders ?? [],
    zdr ?? false,
  ])
  const paths = itinerary.named.map((leg) => (leg.kind === 'native' ? `${leg.provider.id}/${leg.path}` : ''))
  return [String(stream), JSON.stringify(wishes), ...(entries?.map(({ place }) => place) ?? paths)]
}
