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
}

const noSlot: CacheSlot = { hit: undefined, fill: (outcome) => outcome, keep: () => undefined }

/**
 * Looks whether the request was answered before, or is being answered just now; then it waits for that. A cache that is
 * off, down or slow has nothing, and takes nothing. @throws GatewayError `client_closed` when the caller leaves meanwhile
 */
export async function openCacheSlot(request: CachedRequest, deps: Deps): Promise<CacheSlot> {
  const { cache } = deps
  const { plan, purse, options, surface, http } = request
  const policy = cache && selectCachePolicy(plan, options, purse.gateway.settings)
  if (!cache || !policy) return noSlot

  const scope = await cacheScopeOf(request, deps)
  const subject = { surface, form: formOf(request), content: policy.content }
  const key = await createCacheKey(scope, subject)
  const { answers, room } = cache
  const place = { answers, key, turn: purse.logId }
  const found = await takeTurn(place, {
    waitMs: plan.itinerary.named[0]?.options.requestTimeoutMs ?? options.requestTimeoutMs,
    callerSignal: http.signal,
    background: purse.background,
    report: (error) => deps.report(error, purse.logId),
  })
  if (found.state === 'kept') {
    const hit = replay(found.value, request, deps)
    if (hit === 'unreadable') purse.background(answers.remove(key))
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
  { plan, purse, options }: CachedRequest,
  { providers, now }: Deps,
): Answer | 'unreadable' | undefined {
  const kept = parseKeptAnswer(value)
  if (!kept) return 'unreadable'
  const provider = providers.find(kept.provider)
  if (!provider || !isInScope(purse.caller, { provider, model: kept.model ?? undefined })) return undefined
  return answerAgain(kept, { options: plan.itinerary.named[0]?.options ?? options, at: now() })
}

/** What makes answers differ although a custom key is the same. */
function formOf({ plan, options }: CachedRequest): string[] {
  const { byokAlias, constraints, allowedModels, allowedProviders } = options
  const paths = plan.itinerary.named.map((leg) => (leg.kind === 'native' ? `${leg.provider.id}/${leg.path}` : ''))
  return [
    String(plan.stream),
    JSON.stringify([byokAlias ?? '', constraints ?? {}, allowedModels ?? [], allowedProviders ?? []]),
    ...paths,
  ]
}
