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

/** Targets that one request tries at most, and beside them such as are not there. */
const mostTargets = 5
const mostMissing = 10

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
  failures: Before[]
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
  const begun = {
    byId,
    tried: new Set<string>(),
    current: undefined,
    last: before,
    failures: before ? [before] : [],
    fallbacks: [],
  }
  return { routable, inbound, deps, measured, ...decided, ...begun }
}

async function next(auto: Auto, failed: FailedLeg | undefined): Promise<NextLeg | undefined> {
  if (failed && auto.current) note(auto, { candidate: auto.current, failure: failed.failure })
  const { last, byId, inbound, deps } = auto
  const rule = last ? ruleFor(last, inbound) : []
  if (rule === 'stop' || (last && isOver(last))) return undefined
  for (const id of inOrderOf(auto, rule)) {
    const known = byId.get(id)
    if (!known || auto.tried.has(id) || auto.last?.tried?.has(id) || !hasRoom(auto)) continue
    const candidate = { ...known, health: deps.health.judge(inbound.caller.orgId, id) }
    if (last && !auto.failures.every((before) => mayReplace(before, candidate, before === last))) continue
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
  const isGratis = candidate.provider === 'workers-ai' && candidate.usdPerMillion === 0
  const leg = withinPolicy(buildLeg(routable, id, { isGratis }), auto)
  if (!leg || candidate.health?.status === 'resting') return undefined
  const isProbing = candidate.health?.status === 'probing'
  const probe = isProbing ? await deps.health.claimProbe(inbound.caller.orgId, id) : undefined
  if (probe && !probe.granted) return undefined
  tried.add(id)
  const hasNext = hasRoom(auto) && tried.size < decision.ranked.length
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

function note(auto: Auto, failed: Pick<Before, 'candidate' | 'failure'>): void {
  auto.last = { ...auto.last, ...failed }
  auto.failures.push(auto.last)
}

/** Models that their providers do not have cost little, and count apart. */
function hasRoom({ tried, failures }: Auto): boolean {
  const missing = failures.filter(({ failure }) => failure.type === 'model_not_found').length
  return tried.size - missing < mostTargets && missing < mostMissing
}

/** What the gateway's own rules say of a failure. */
function ruleFor({ candidate, failure }: Before, { gateway: { settings } }: Inbound): readonly string[] | 'stop' {
  if (isOurs(failure)) return []
  return selectFallback(settings.fallbacks ?? [], { id: idOf(candidate), type: failure.type }) ?? []
}

/** What is eligible, best first; what a rule names before all. */
function inOrderOf({ decision }: Auto, rule: readonly string[]): readonly string[] {
  const ranked = decision.ranked.map(({ id }) => id)
  return [...new Set([...rule.filter((name) => ranked.includes(name)), ...ranked])]
}

/** Whether nothing more is to be tried. */
function isOver({ failure }: Before): boolean {
  return failure.code === 'client_closed' || (failure.type === 'invalid_request' && !isOurs(failure))
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

/** Failures that say something of the request, and go on holding when others follow them. */
const lasting: ReadonlySet<string> = new Set(['context_length', 'content_filter'])

function mayReplace({ candidate: failed, failure }: Before, candidate: Candidate, isLast: boolean): boolean {
  if (!isLast && !lasting.has(failure.type)) return true
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
