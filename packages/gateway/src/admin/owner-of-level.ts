import { GatewayError } from '@gw/headers'
import type { ProviderKey } from '@gw/keys'
import type { Context } from 'hono'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { findOrg } from './find-org.ts'
import { requireMember } from './require-member.ts'
import { requireTier } from './require-tier.ts'

/** Fields that say whose a provider key is. */
export const keyPlaceFields = {
  org_id: z.string().min(1).optional(),
  level: z.enum(['user', 'org', 'system_tier', 'system']),
  user_id: z.string().min(1).optional(),
  tier_id: z.string().min(1).optional(),
}

type Place = { [K in keyof typeof keyPlaceFields]?: z.output<(typeof keyPlaceFields)[K]> }

/** Which of the fields a level needs; it has none of the others. */
const needed = {
  user: ['user_id'],
  org: [],
  system_tier: ['tier_id'],
  system: [],
} as const satisfies Record<ProviderKey['level'], readonly (keyof Place)[]>

/** Whose a new key is, checked against what its level demands. @throws GatewayError `invalid_request`, `not_found` */
export async function ownerOfLevel(
  c: Context,
  place: Place & { level: ProviderKey['level'] },
  deps: Deps,
): Promise<Pick<ProviderKey, 'level' | 'orgId' | 'userId' | 'tierId'>> {
  const { level, org_id: named, user_id: userId = null, tier_id: tierId = null } = place
  for (const field of ['user_id', 'tier_id'] as const) checkField(field, place)
  const isOfOrg = level === 'user' || level === 'org'
  if (!isOfOrg && (named !== undefined || c.req.query('org_id') !== undefined)) {
    throw wrong('org_id', `a key of level ${level} is the operator's and has no organisation`)
  }
  const orgId = isOfOrg ? (await findOrg(c, deps, named)).id : null
  if (orgId !== null) await requireMember({ orgId, userId }, deps)
  await requireTier(tierId, deps)
  return { level, orgId, userId, tierId }
}

function checkField(field: 'user_id' | 'tier_id', place: Place & { level: ProviderKey['level'] }): void {
  const { level } = place
  const needs = needed[level].some((name) => name === field)
  if (needs && place[field] === undefined) throw wrong(field, `a key of level ${level} needs it`)
  if (!needs && place[field] !== undefined) throw wrong(field, `a key of level ${level} has none`)
}

function wrong(param: string, why: string): GatewayError {
  return new GatewayError('invalid_request', `${param}: ${why}.`, { detail: { param } })
}
