import { GatewayError } from '@gw/headers'
import type { Deps } from '../../deps.ts'
import { roles, type Role } from '../../people/membership-store.ts'
import { isOperator, type Access, type Actor } from './actor.ts'

export interface AccessRequest {
  actor: Actor | undefined
  access: Access
  /** The organisation that it is about, where a role is asked for. */
  orgId: string | undefined
}

/**
 * The one place where somebody is let through or not. An organisation that the user does not belong to answers as one that
 * is not there. @throws GatewayError `unauthenticated`, `forbidden`, `not_found`
 */
export async function requireAccess({ actor, access, orgId }: AccessRequest, deps: Deps): Promise<void> {
  if (access === 'public') return
  if (!actor) throw unauthenticated(deps)
  if (isOperator(actor) || access === 'signed_in') return
  if (access === 'operator') throw forbidden('This needs the admin key, or a user who is an operator.')
  if (actor.kind !== 'user' || orgId === undefined) throw forbidden('This needs a member of an organisation.')
  const membership = await deps.control.memberships.find(orgId, actor.user.id)
  if (!membership) throw noOrg(orgId)
  if (includes(membership.role, access)) return
  throw forbidden(
    `This needs the role ${access} in organisation "${orgId}"; you are ${membership.role}. An owner can change that.`,
  )
}

/** Whether a role may do what another may. */
export function includes(role: Role, other: Role): boolean {
  return roles.indexOf(role) <= roles.indexOf(other)
}

/** What is said of an organisation that is not there, or not for the one who asks. */
export function noOrg(id: string): GatewayError {
  return new GatewayError(
    'not_found',
    `There is no organisation "${id.slice(0, 64)}". GET /api/orgs lists them; POST /api/orgs makes one.`,
    { detail: { param: 'org_id' } },
  )
}

function unauthenticated({ adminKey }: Deps): GatewayError {
  const hint = adminKey
    ? 'Sign in, or send `Authorization: Bearer <admin key>`.'
    : 'Set GW_ADMIN_KEY to open the control plane.'
  return new GatewayError('unauthenticated', `The control plane needs the admin key or a session. ${hint}`)
}

function forbidden(message: string): GatewayError {
  return new GatewayError('forbidden', message)
}
