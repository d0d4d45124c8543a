import { GatewayError } from '@gw/headers'
import type { Deps } from '../deps.ts'

export interface Belonging {
  orgId: string
  userId: string | null | undefined
  /** The field that names the user. Default `user_id`. */
  param?: string
}

/** @throws GatewayError `invalid_request` where a user is named who does not belong to the organisation. */
export async function requireMember(
  { orgId, userId, param = 'user_id' }: Belonging,
  { control }: Pick<Deps, 'control'>,
): Promise<void> {
  if (userId === undefined || userId === null || (await control.memberships.find(orgId, userId))) return
  throw new GatewayError(
    'invalid_request',
    `${param}: organisation "${orgId}" has no member "${userId.slice(0, 64)}". ` +
      `PUT /api/orgs/${orgId}/members/{user id} makes a user one.`,
    { detail: { param } },
  )
}
