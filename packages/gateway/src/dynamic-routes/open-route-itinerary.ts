import { afterModel, afterRate, startWalk, type ModelStop, type Walk } from '@gw/router'
import { GatewayError } from '@gw/headers'
import type { Deps } from '../deps.ts'
import type { UpstreamLeg } from '../plan.ts'
import type { FailedLeg, Itinerary, NextLeg } from '../routing/itinerary.ts'
import type { Routable } from '../routing/routable.ts'
import type { Inbound } from '../surfaces/surface.ts'
import type { CalledRoute } from './called-route.ts'
import { factsOf } from './facts-of.ts'
import { findCalledRoute } from './find-called-route.ts'
import { rateCounter } from './rate-counter.ts'
import type { RouteBudget } from './route-on-leg.ts'
import { takeRoutePermit } from './take-route-permit.ts'

/** A budget limit that the walk passed, and where it stood there. */
type PassedBudget = RouteBudget & { walk: Walk }

/** A walk ends by itself, but budget limits that refuse one after the other can make it long. */
const mostLegs = 50

/** How far a request has come. */
interface Journey {
  routable: Routable
  inbound: Inbound
  deps: Deps
  called: CalledRoute
  walk: Walk
  passed: readonly PassedBudget[]
  /** Limits that refused after something may have been spent under them: they go on counting, and refuse no more. */
  left: readonly RouteBudget[]
  /** Why the walk may end without an answer; `undefined` where the last leg that was tried says so. */
  error: GatewayError | undefined
  hasTried: boolean
  /** Legs that were tried. */
  count: number
  isUnchecked: boolean
  /** What failed last, until it is known where the request goes then. */
  failed: { from: string; error_type: string } | undefined
  fallbacks: { from: string; error_type: string; to: string }[]
}

/**
 * The legs of a dynamic route: its graph is walked as limits answer and models fail.
 * @throws GatewayError `unknown_route` and others of `findCalledRoute`
 */
export async function openRouteItinerary(routable: Routable, inbound: Inbound, deps: Deps): Promise<Itinerary> {
  const called = await findCalledRoute(routable.model ?? '', inbound, deps)
  const walk = startWalk(called.route, factsOf(routable, inbound, deps))
  const begun = {
    passed: [],
    left: [],
    error: undefined,
    hasTried: false,
    count: 0,
    isUnchecked: false,
    failed: undefined,
  }
  const journey: Journey = { routable, inbound, deps, called, walk, ...begun, fallbacks: [] }
  return {
    named: [],
    next: (failed) => next(journey, failed),
    routing: () => ({
      route: { name: called.name, version_id: called.versionId, path: journey.walk.path },
      ...(journey.fallbacks.length > 0 && { fallbacks: journey.fallbacks }),
    }),
    isUnchecked: () => journey.isUnchecked,
    identity: JSON.stringify([called.versionId, ...expectedPath(walk)]),
  }
}

/** Where the request goes as long as no limit is reached: answers of other ways are not for it. */
function expectedPath(walk: Walk): readonly string[] {
  let expected = walk
  while (expected.stop.kind === 'rate') expected = afterRate(expected, true)
  return expected.path
}

async function next(journey: Journey, failed: FailedLeg | undefined): Promise<NextLeg | undefined> {
  if (failed?.failure.code === 'client_closed') return undefined
  if (failed) goOnAfter(journey, failed)
  for (;;) {
    const { stop } = journey.walk
    if (stop.kind === 'end' || journey.count >= mostLegs) return endOf(journey)
    if (stop.kind === 'model') {
      const leg = legOf(journey, stop)
      if (leg) return { leg, hasNext: stop.hasFallback }
    } else if (stop.limitType === 'cost') {
      const { id } = journey.called
      const counter = await rateCounter(stop, ['route', journey.inbound.gateway.id, id])
      journey.passed = [...journey.passed, { element: stop.element.id, counter, walk: journey.walk }]
      journey.walk = afterRate(journey.walk, true)
    } else {
      const { inbound: purse, deps } = journey
      const { error, isChecked } = await takeRoutePermit(stop, journey.called, { purse, deps })
      journey.isUnchecked ||= !isChecked
      journey.error = error ?? journey.error
      journey.walk = afterRate(journey.walk, error === undefined)
    }
  }
}

/** A budget that refuses the leg leads to its own fallback; every other failure to that of the model. */
function goOnAfter(journey: Journey, { leg, failure }: FailedLeg): void {
  const { passed, walk } = journey
  journey.error = undefined
  journey.failed = { from: nameOf(leg), error_type: failure.type }
  const position = passed.findIndex(({ counter }) => counter.id === failure.refusedBy)
  const refusing = passed[position]
  if (refusing) journey.passed = passed.slice(0, position)
  if (refusing && failure.mayHaveCost) {
    const soft = passed
      .slice(position)
      .map(({ element, counter }) => ({ element, counter: { ...counter, isHard: false } }))
    journey.left = [...journey.left, ...soft]
  }
  journey.walk = refusing ? afterRate(refusing.walk, false) : afterModel(walk, 'failed')
}

/** The leg of a model; where it cannot be built, that is a failure as any other. */
function legOf(journey: Journey, { provider, model, timeoutMs, attempts }: ModelStop): UpstreamLeg | undefined {
  const { routable, called, passed, left, count } = journey
  const name = `${provider}/${model}`
  if (journey.failed) journey.fallbacks.push({ ...journey.failed, to: name })
  journey.failed = undefined
  journey.count += 1
  try {
    const leg = routable.legFor(name, {
      isChosen: true,
      ...(timeoutMs !== undefined && { requestTimeoutMs: timeoutMs }),
      ...(attempts !== undefined && { maxAttempts: attempts }),
    })
    journey.hasTried = true
    const budgets = [...passed.map(({ element, counter }) => ({ element, counter })), ...left]
    return { ...leg, step: count, route: { id: called.id, budgets } }
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    journey.error = error
    journey.failed = { from: name, error_type: error.type }
    journey.walk = afterModel(journey.walk, 'failed')
    return undefined
  }
}

const nameOf = ({ provider, model = '' }: FailedLeg['leg']): string => `${provider.id}/${model}`

/** The last error of all, be it a leg's or our own. */
function endOf({ error, hasTried, called, walk }: Journey): undefined {
  if (error) throw error
  if (hasTried) return undefined
  throw new GatewayError(
    'no_eligible_target',
    `The dynamic route "${called.name}" ended at "${walk.path.at(-1) ?? ''}" without a model.`,
  )
}
