import { GatewayError } from '@gw/headers'
import type { Caller } from '@gw/keys'
import type { Deps } from '../deps.ts'
import { requireFound } from './require-found.ts'
import { requireMember } from './require-member.ts'

interface Who {
  user_id?: string | undefined
  gateway_key_id?: string | undefined
}

/** Who would call: a gateway key's holder, a user, or the organisation alone. */
export async function findCaller(orgId: string, { user_id, gateway_key_id }: Who, deps: Deps): Promise<Caller> {
  await requireMember({ orgId, userId: user_id }, deps)
  if (gateway_key_id === undefined) return { gatewayKeyId: '', orgId, userId: user_id ?? null, scopes: {} }
  const found = await deps.keys.find(orgId, gateway_key_id)
  const key = requireFound(found, 'gateway_key_id: the organisation has no gateway key with this id.')
  if (user_id !== undefined && user_id !== key.userId) {
    throw new GatewayError('invalid_request', 'user_id: the gateway key is not of this user. Name one of the two.', {
      detail: { param: 'user_id' },
    })
  }
  return { gatewayKeyId: key.id, orgId, userId: key.userId, scopes: key.scopes }
}
