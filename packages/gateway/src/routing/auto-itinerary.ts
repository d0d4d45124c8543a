import { idOf, mayFollow, selectFallback, type Candidate } from '@gw/router'
import type { Deps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import type { RoutingRecord } from '../logs/routing-record.ts'
import type { UpstreamLeg } from '../plan.ts'
import type { Inbound } from '../surfaces/surface.ts'
import { buildLeg } from './build-leg.ts'
import { decide, type Decided } from './decide.ts'
import type { FailedLeg, Itinerary, NextLeg } from './itinerary.ts'
import { nothingEligible } from './nothing-eligible.ts'
import type { Measured, Routable } from './routable.ts'

/** Targets that one request tries at most. */
const mostTargets = 5

/** What has failed already. */
export interface Before {
  candidate: Candidate
  failure: Failure
  /** Targets that are not to be asked again. */
  tried?: ReadonlySet<string>
}

interface Asked {
  routable: Routable
  inbound: Inbound
  before?: Before
}

interface Auto extends Pick<Asked, 'routable' | 'inbound'>, Decided {
  deps: Deps
  measured: Measured
  byId: ReadonlyMap<string, Candidate>
  tried: Set<string>
  /** The target of now. */
  current: Candidate | undefined
  last: Before | undefined
  fallbacks: { from: string; error_type: string; to: string }[]
}

/**
 * What a strategy chooses, and after a failure the next best that may do better. It chooses when it is asked first: what
 * the cache answers needs no choice.
 */
export function autoItinerary(asked: Asked, deps: Deps): Itinerary {
  let auto: Auto | undefined
  return {
    named: [],
    next: async (failed) => {
      auto ??= await begin(asked, deps)
      return next(auto, failed)
    },
    routing: () => (auto ? recordOf(auto) : {}),
  }
}

/** @throws GatewayError `no_eligible_target`, which says why, and as `decide` */
async function begin({ routable, inbound, before }: Asked, deps: Deps): Promise<Auto> {
  const { caller, background, options } = inbound
  const measured = routable.measure()
  deps.health.refresh({ orgId: caller.orgId, background })
  const { task, body, constraints, model: name = 'auto' } = routable
  const decided = await decide(
    { task, name, measured, payer: inbound, options, body, constraints, withoutKey: false },
    deps,
  )
  if (decided.decision.ranked.length === 0) throw nothingEligible(decided.decision)
  const byId = new Map(decided.candidates.map((candidate) => [idOf(candidate), candidate]))
  const begun = { byId, tried: new Set<string>(), current: undefined, last: before, fallbacks: [] }
  return { routable, inbound, deps, measured, ...decided, ...begun }
}

async function next(auto: Auto, failed: FailedLeg | undefined): Promise<NextLeg | undefined> {
  if (failed && auto.current) auto.last = { ...auto.last, candidate: auto.current, failure: failed.failure }
  const { last, byId, decision, inbound, deps } = auto
  if (last && isOver(last, inbound)) return undefined
  for (const { id } of decision.ranked) {
    const known = byId.get(id)
    if (!known || auto.tried.has(id) || auto.last?.tried?.has(id) || auto.tried.size >= mostTargets) continue
    const candidate = { ...known, health: deps.health.judge(inbound.caller.orgId, id) }
    if (last && !mayReplace(last, candidate)) continue
    const opened = await open(auto, candidate)
    if (!opened) continue
    remember(auto, id)
    auto.current = candidate
    return opened
  }
  return undefined
}

async function open(auto: Auto, candidate: Candidate): Promise<NextLeg | undefined> {
  const { routable, inbound, deps, tried, decision } = auto
  const id = idOf(candidate)
  const leg = withinPolicy(buildLeg(routable, id), auto)
  if (!leg || candidate.health?.status === 'resting') return undefined
  const isProbing = candidate.health?.status === 'probing'
  const probe = isProbing ? await deps.health.claimProbe(inbound.caller.orgId, id) : undefined
  if (probe && !probe.granted) return undefined
  tried.add(id)
  const hasNext = tried.size < Math.min(mostTargets, decision.ranked.length)
  return { leg: { ...leg, step: tried.size - 1 }, hasNext, ...(probe && { probedAt: probe.probedAt }) }
}

/** Free Workers AI stands in only where nothing says which models may answer; where it may, it is a candidate itself. */
function withinPolicy(leg: UpstreamLeg | undefined, { policy }: Auto): UpstreamLeg | undefined {
  const isOpen = policy.models === undefined && Object.keys(policy.constraints).length === 0
  return leg && !isOpen ? { ...leg, options: { ...leg.options, freeFallback: false } } : leg
}

/** A first choice is where the next request of its kind goes too; a later one is in the row. */
function remember({ last, fallbacks, keys, deps }: Auto, id: string): void {
  if (last) {
    fallbacks.push({ from: idOf(last.candidate), error_type: last.failure.type, to: id })
    return
  }
  deps.routingMemory.keep(keys.kind, id)
  if (keys.conversation !== undefined) deps.routingMemory.keep(keys.conversation, id)
}

/** Whether nothing more is to be tried. */
function isOver({ candidate, failure }: Before, { gateway: { settings } }: Inbound): boolean {
  const { code, type } = failure
  if (code === 'client_closed') return true
  if (isOurs(failure)) return false
  return (
    type === 'invalid_request' || selectFallback(settings.fallbacks ?? [], { id: idOf(candidate), type }) === 'stop'
  )
}

/** Failures for which a target is asked nothing: it may not be, or not so. Another one may. */
const isOurs = ({ code, raw }: Failure): boolean => raw === undefined && ownCodes.has(code)

const ownCodes: ReadonlySet<string> = new Set([
  'forbidden',
  'unsupported',
  'invalid_request',
  'missing_upstream_secret',
  'blocked_upstream_url',
  'budget_exceeded',
  'neurons_exhausted',
])

function mayReplace({ candidate: failed, failure }: Before, candidate: Candidate): boolean {
  const isCheaper = (candidate.usdPerMillion ?? Infinity) < (failed.usdPerMillion ?? Infinity)
  if (failure.code === 'budget_exceeded') return isCheaper
  // Neurons are those of one provider.
  if (failure.code === 'neurons_exhausted') return isCheaper || candidate.provider !== failed.provider
  const type = isOurs(failure) ? 'model_not_found' : failure.type
  return mayFollow({ candidate: failed, type }, candidate).ok
}

function recordOf({ decision, fallbacks, measured }: Auto): RoutingRecord {
  const { needs, inputTokens, outputTokens } = measured
  const { strategy, decidedBy, ranked, rejected } = decision
  return {
    strategy,
    ...(decidedBy && { reason: decidedBy }),
    candidates: ranked.length + rejected.length,
    needs,
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    ...(fallbacks.length > 0 && { fallbacks }),
  }
}
