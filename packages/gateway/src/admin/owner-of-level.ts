import { GatewayError } from '@gw/headers'
import type { ProviderKey } from '@gw/keys'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { requireMember } from './require-member.ts'
import { requireTier } from './require-tier.ts'

/** Fields that say whose a provider key is. */
export const keyPlaceFields = {
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

/** Whether keys of a level belong to an organisation; the others are the operator's. */
export function isOrgLevel(level: ProviderKey['level']): boolean {
  return level === 'user' || level === 'org'
}

/** Whose a new key is, checked against what its level demands. @throws GatewayError `invalid_request`, `not_found` */
export async function ownerOfLevel(
  place: Place & { level: ProviderKey['level'] },
  orgId: string | null,
  deps: Deps,
): Promise<Pick<ProviderKey, 'level' | 'orgId' | 'userId' | 'tierId'>> {
  const { level, user_id: userId = null, tier_id: tierId = null } = place
  for (const field of ['user_id', 'tier_id'] as const) checkField(field, place)
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
