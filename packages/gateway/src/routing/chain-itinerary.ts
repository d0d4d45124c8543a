import type { ErrorType } from '@gw/adapters'
import { findModel } from '@gw/catalog'
import { errorCodeOf, GatewayError } from '@gw/headers'
import {
  idOf,
  matchesPattern,
  mayFollow,
  selectFallback,
  type Candidate,
  type FallbackRule,
  type HealthVerdict,
} from '@gw/router'
import type { Deps } from '../deps.ts'
import { failureOfGateway, type Failure } from '../failure.ts'
import type { Leg } from '../plan.ts'
import type { Inbound } from '../surfaces/surface.ts'
import { autoItinerary } from './auto-itinerary.ts'
import { buildLeg } from './build-leg.ts'
import { isRouted, isStrategy } from './is-routed.ts'
import { inOrder, type FailedLeg, type Itinerary, type NextLeg } from './itinerary.ts'
import type { Routable } from './routable.ts'
import { findExclusion, requireWithinConstraints } from './within-constraints.ts'

interface Chain {
  routable: Routable
  inbound: Inbound
  deps: Deps
  named: Leg
  rules: readonly FallbackRule[]
  /** The target of now. */
  current: Candidate
  /** What is left of the list that the first failure led to. */
  rest: string[] | undefined
  /** A strategy that the list names. */
  nested: Itinerary | undefined
  /** Targets that failed already, and that of now. */
  tried: Set<string>
  step: number
  fallbacks: { from: string; error_type: string; to: string }[]
}

/** The model that the caller names, and after a failure what the gateway's rules lead to. */
export async function chainItinerary(routable: Routable, inbound: Inbound, deps: Deps): Promise<Itinerary> {
  const named = routable.legFor(routable.model ?? '')
  await requireWithinConstraints(named, { routable, inbound }, deps)
  const rules = inbound.gateway.settings.fallbacks ?? []
  const id = `${named.provider.id}/${named.model ?? ''}`
  const isNamed = ({ models }: FallbackRule): boolean => models?.some((pattern) => matchesPattern(pattern, id)) ?? true
  if (!rules.some(isNamed)) return inOrder([named])

  const { orgId } = inbound.caller
  deps.health.refresh({ orgId, background: inbound.background })
  const current = toCandidate(named, orgId, deps)
  const start = { rest: undefined, nested: undefined, tried: new Set<string>(), step: 0, fallbacks: [] }
  const chain: Chain = { routable, inbound, deps, named, rules, current, ...start }
  return {
    named: [named],
    next: (failed) => (failed ? goOn(chain, failed) : begin(chain)),
    routing: () => (chain.fallbacks.length > 0 ? { fallbacks: chain.fallbacks } : {}),
  }
}

/** The named model, unless it rests and a rule knows another one. */
async function begin(chain: Chain): Promise<NextLeg> {
  const { current, named, inbound, deps, tried } = chain
  const id = idOf(current)
  tried.add(id)
  const first: NextLeg = { leg: named, hasNext: true }
  const { status, reason } = current.health ?? {}
  if (status !== 'resting' && status !== 'probing') return first
  // What a key of ours has met says nothing of the caller's own.
  if (reason === 'rate_limit' && named.kind !== 'local' && named.secret) return first
  const probe = status === 'probing' ? await deps.health.claimProbe(inbound.caller.orgId, id) : undefined
  if (probe?.granted) return { ...first, probedAt: probe.probedAt }
  const failure = failureOfGateway(new GatewayError(errorCodeOf(typeOfRest(reason)), 'It rests.'))
  const instead = await goOn(chain, { leg: named, failure })
  if (instead) return instead
  Object.assign(chain, { rest: undefined, current })
  return first
}

/** What a target would say that is not asked. */
function typeOfRest(reason: HealthVerdict['reason']): ErrorType {
  if (reason === 'rate_limit') return 'rate_limit'
  return reason === 'missing' ? 'model_not_found' : 'upstream_error'
}

async function goOn(chain: Chain, { failure }: FailedLeg): Promise<NextLeg | undefined> {
  const { named, rules, current } = chain
  if (failure.code === 'client_closed') return undefined
  const inside = await chain.nested?.next({ leg: named, failure })
  if (inside) return record(chain, inside, failure)
  chain.nested = undefined
  // A caller's own secret that is refused is for the caller to mend.
  if (chain.rest === undefined && named.kind !== 'local' && named.secret && failure.type === 'auth') return undefined
  const found = selectFallback(rules, { id: idOf(current), type: failure.type })
  if (found === 'stop') return undefined
  chain.rest ??= [...(found ?? [])]
  for (let name = chain.rest.shift(); name !== undefined; name = chain.rest.shift()) {
    const opened = await open(chain, name, failure)
    if (opened) return record(chain, opened, failure)
  }
  return undefined
}

function record(chain: Chain, opened: NextLeg, { type }: Failure): NextLeg {
  const next = toCandidate(opened.leg, chain.inbound.caller.orgId, chain.deps)
  chain.fallbacks.push({ from: idOf(chain.current), error_type: type, to: idOf(next) })
  chain.current = next
  chain.tried.add(idOf(next))
  chain.step += 1
  const hasNext = opened.hasNext || (chain.rest?.length ?? 0) > 0
  return { ...opened, leg: { ...opened.leg, step: chain.step }, hasNext }
}

async function open(chain: Chain, name: string, failure: Failure): Promise<NextLeg | undefined> {
  const { routable, inbound, deps, current, tried } = chain
  if (isStrategy(name)) {
    const before = { candidate: current, failure, tried }
    const nested = autoItinerary({ routable: { ...routable, model: name }, inbound, before }, deps)
    const opened = await nested.next(undefined).catch(orNothing)
    if (opened) chain.nested = nested
    return opened
  }
  const leg = isRouted(name) ? undefined : buildLeg(routable, name)
  if (!leg) return undefined
  // The operator chose the list; of what is built in, only that nothing is worse than what failed holds for it.
  const next = toCandidate(leg, inbound.caller.orgId, deps)
  if (tried.has(idOf(next))) return undefined
  if ((await findExclusion(leg, { routable, inbound }, deps)) !== undefined) return undefined
  return mayFollow({ candidate: current, type: 'upstream_error' }, next).ok ? { leg, hasNext: false } : undefined
}

const orNothing = (error: unknown): undefined => {
  if (!(error instanceof GatewayError)) throw error
  return undefined
}

function toCandidate({ provider, model = '' }: Leg, orgId: string, { health, now }: Deps): Candidate {
  const named = { provider: provider.id, model }
  const { capabilities = [], contextWindow } = findModel(named, now()) ?? {}
  return {
    ...named,
    capabilities,
    health: health.judge(orgId, idOf(named)),
    ...(contextWindow !== undefined && { contextWindow }),
  }
}
