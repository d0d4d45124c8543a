import { GatewayError } from '@gw/headers'
import type { Deps } from '../deps.ts'

/** @throws GatewayError `invalid_request` where there is no such tier, listing those that there are. */
export async function requireTier(id: string | null | undefined, { control }: Pick<Deps, 'control'>): Promise<void> {
  if (id === undefined || id === null || (await control.tiers.find(id))) return
  const known = (await control.tiers.list()).map((tier) => tier.id).join(', ')
  throw new GatewayError('invalid_request', `tier_id: there is no tier "${id.slice(0, 64)}". Known: ${known}.`, {
    detail: { param: 'tier_id' },
  })
}
