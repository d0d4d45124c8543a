import { GatewayError } from '@gw/headers'
import type { Deps } from '../deps.ts'
import { requireMember } from './require-member.ts'

/** Whose spending a new budget may limit. */
export const budgetScopes = ['org', 'user', 'gateway_key', 'gateway', 'route'] as const

export interface Scope {
  orgId: string
  scope: (typeof budgetScopes)[number]
  scopeId: string | null
}

/** @throws GatewayError `invalid_request` unless a scope names something of the organisation, or the organisation nothing. */
export async function requireScope({ orgId, scope, scopeId }: Scope, deps: Deps): Promise<void> {
  if (scope === 'org') {
    if (scopeId !== null) throw wrong('a budget of the organisation has none')
    return
  }
  if (scopeId === null) throw wrong(`a budget of scope ${scope} needs the id of the ${names[scope]}`)
  if (scope === 'user') return requireMember({ orgId, userId: scopeId, param: 'scope_id' }, deps)
  const found = await finders[scope](orgId, scopeId, deps)
  if (!found) throw wrong(`the organisation has no ${names[scope]} "${scopeId.slice(0, 64)}"`)
}

const names = { user: 'user', gateway_key: 'gateway key', gateway: 'gateway', route: 'dynamic route' } as const

type Find = (orgId: string, id: string, deps: Deps) => Promise<unknown>

const finders: Readonly<Record<'gateway_key' | 'gateway' | 'route', Find>> = {
  gateway_key: (orgId, id, { keys }) => keys.find(orgId, id),
  gateway: findGateway,
  route: findRoute,
}

async function findGateway(orgId: string, id: string, { gateways }: Deps) {
  return (await gateways.list(orgId)).find((gateway) => gateway.id === id)
}

/** A route of any of the organisation's gateways, by its id. */
async function findRoute(orgId: string, id: string, { gateways, dynamicRoutes }: Deps) {
  const all = await gateways.list(orgId)
  const found = await Promise.all(all.map((gateway) => dynamicRoutes.find({ orgId, gatewayId: gateway.id }, id)))
  return found.find((route) => route !== undefined)
}

function wrong(why: string): GatewayError {
  return new GatewayError('invalid_request', `scope_id: ${why}.`, { detail: { param: 'scope_id' } })
}
