import { GatewayError } from '@gw/headers'
import { rank } from '@gw/router'
import type { Deps } from '../deps.ts'
import type { UpstreamLeg } from '../plan.ts'
import type { Inbound } from '../surfaces/surface.ts'
import { listCandidates } from './list-candidates.ts'
import type { Routable } from './routable.ts'
import { routingPolicyOf } from './routing-policy.ts'

/** Why a target is outside the caller's own constraints; `undefined` where it is within, or there are none. */
export async function findExclusion(
  { provider, model = '' }: UpstreamLeg,
  { routable, inbound }: { routable: Routable; inbound: Inbound },
  deps: Deps,
): Promise<string | undefined> {
  const { options, gateway } = inbound
  const { task, constraints: inBody } = routable
  if (options.constraints === undefined && inBody === undefined) return undefined
  // Those of the gateway are for what it chooses itself.
  const open = { ...gateway, settings: {} }
  const own = options.constraints === undefined ? {} : { constraints: options.constraints }
  const policy = routingPolicyOf({ name: 'auto', options: own, constraints: inBody }, open)
  const measured = { needs: [], qualityTask: 'chat', inputTokens: 0, outputTokens: 0 } as const
  const listed = { ...policy, models: [`${provider.id}/${model}`], providers: gateway.settings.routing?.providers }
  const query = { task, measured, policy: listed, payer: inbound, options, withoutKey: true }
  const candidates = (await listCandidates(query, deps)).map(({ obstacles: _, health: __, ...facts }) => facts)
  const { constraints } = policy
  const { rejected } = rank({ strategy: 'quality', ...measured, constraints }, candidates)
  return rejected[0]?.reasons.map(({ message }) => message).join(' ')
}

/** Who names a model and constraints means both. @throws GatewayError `no_eligible_target`, `invalid_request` */
export async function requireWithinConstraints(
  leg: UpstreamLeg,
  asked: { routable: Routable; inbound: Inbound },
  deps: Deps,
): Promise<void> {
  const exclusion = await findExclusion(leg, asked, deps)
  if (exclusion === undefined) return
  const name = `${leg.provider.id}/${(leg.model ?? '').slice(0, 100)}`
  throw new GatewayError(
    'no_eligible_target',
    `The request names ${name}, and its own gw-constraints exclude it. ${exclusion}`,
    { detail: { param: 'gw-constraints' } },
  )
}
