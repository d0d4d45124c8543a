import { findModel } from '@gw/catalog'
import { GatewayError } from '@gw/headers'
import { rank, type Decision } from '@gw/router'
import type { Deps } from '../deps.ts'
import type { LocalLeg } from '../plan.ts'
import type { Inbound } from '../surfaces/surface.ts'
import { decide } from './decide.ts'
import { isRouted, isStrategy } from './is-routed.ts'
import { inOrder, type Itinerary } from './itinerary.ts'
import { nothingEligible } from './nothing-eligible.ts'
import type { Measured, Routable } from './routable.ts'
import { toPublicDecision } from './to-public-decision.ts'

/** Answers with the choice that would be made, and calls nobody. @throws GatewayError where there is nothing to choose from */
export async function explainItinerary(routable: Routable, inbound: Inbound, deps: Deps): Promise<Itinerary> {
  const measured = routable.measure()
  const decision = await decisionFor(routable, { inbound, measured }, deps)
  const about = decision.ranked[0] ?? decision.rejected[0]
  const provider = about && deps.providers.find(about.provider)
  if (!about || !provider) throw nothingEligible(decision)
  const leg: LocalLeg = {
    kind: 'local',
    step: 0,
    provider,
    model: about.model,
    stream: false,
    secret: undefined,
    options: inbound.options,
    retry: { maxAttempts: 1, retryDelayMs: 0, backoff: 'constant' },
    isFree: true,
    answer: { ...toPublicDecision(decision, measured) },
    warnings: [],
  }
  const itinerary = inOrder([leg])
  // A strategy's leg is nothing that the caller named, nor anything that its key must be for.
  return isStrategy(routable.model) ? { ...itinerary, named: [] } : itinerary
}

interface Question {
  inbound: Inbound
  measured: Measured
}

async function decisionFor(routable: Routable, { inbound, measured }: Question, deps: Deps): Promise<Decision> {
  const { model: name = '', task, body, constraints } = routable
  if (isStrategy(name)) {
    const choice = {
      task,
      name,
      measured,
      payer: inbound,
      options: inbound.options,
      body,
      constraints,
      withoutKey: true,
    }
    return (await decide(choice, deps)).decision
  }
  if (isRouted(name)) {
    const message =
      'gw-explain tells of strategies and models. For a dynamic route, use its dry run in the control plane.'
    throw new GatewayError('unsupported', message)
  }
  return explainNamed(routable, { inbound, measured }, deps)
}

/** There is nothing to choose; how the model is doing, and what speaks against it, is worth knowing all the same. */
function explainNamed(routable: Routable, { inbound, measured }: Question, deps: Deps): Decision {
  const { provider, model = '' } = routable.legFor(routable.model ?? '')
  const known = findModel({ provider: provider.id, model }, deps.now())
  const { capabilities = measured.needs, contextWindow, quality, speed } = known ?? {}
  const candidate = {
    provider: provider.id,
    model,
    capabilities,
    health: deps.health.judge(inbound.caller.orgId, `${provider.id}/${model}`),
    ...(contextWindow !== undefined && { contextWindow }),
    ...(quality !== undefined && { quality }),
    ...(speed !== undefined && { speed }),
  }
  return rank({ strategy: 'quality', ...measured }, [candidate])
}
