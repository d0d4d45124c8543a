import type { GatewayOptions } from '@gw/headers'
import type { Deps } from '../deps.ts'
import type { Leg, Plan } from '../plan.ts'
import { findUpstreamSecret } from '../steps/credentials.ts'
import type { Payer } from '../steps/purse.ts'
import { resolveKeys } from '../steps/resolve-keys.ts'
import type { CacheScope } from './create-cache-key.ts'

/** A request, as far as it says whose answers it may get. */
export interface ScopedRequest {
  http: Request
  plan: Pick<Plan, 'itinerary'>
  purse: Payer
  options: GatewayOptions
}

/**
 * Whose answers a request may get: its gateway's, of callers with the same upstream secrets. Where a user's own stored
 * keys are used, or may be, the user's alone.
 */
export async function cacheScopeOf({ http, plan, purse }: ScopedRequest, deps: Deps): Promise<CacheScope> {
  const { caller, gateway } = purse
  const { named } = plan.itinerary
  const secrets = [findUpstreamSecret(http.headers), ...named.map(({ secret }) => secret)]
  return {
    orgId: gateway.orgId,
    gatewayId: gateway.id,
    generation: gateway.cacheGeneration ?? 0,
    secrets: secrets.map((secret) => secret?.reveal() ?? ''),
    userId: caller.userId !== null && (await mayUseOwnKeys(named, purse, deps)) ? caller.userId : null,
  }
}

/** Where it is not known yet who answers, a user's own key may. */
async function mayUseOwnKeys(legs: readonly Leg[], purse: Payer, { keyResolver }: Deps): Promise<boolean> {
  if (legs.length === 0) return true
  for (const leg of legs) {
    if (leg.kind === 'local') continue
    const keys = await resolveKeys(leg, purse, keyResolver).catch(() => [])
    if (keys.some(({ source }) => source === 'user')) return true
  }
  return false
}
