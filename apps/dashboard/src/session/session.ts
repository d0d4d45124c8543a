import type { Answer } from '../api/admin-api.ts'
import type { Role } from '../api/wire.ts'

/** What signing in answers. */
export type SessionAnswer = Answer<'GET /session'>

export interface Organisation {
  id: string
  name: string
  role: Role
}

/** Who is signed in, and what they see. */
export interface Session {
  user: { id: string; email: string; name: string } | null
  /** Runs the whole gateway: sees every organisation, as its owner. */
  isOperator: boolean
  organisations: readonly Organisation[]
}

/** The session that the API describes. */
export function toSession({ user, is_operator: isOperator, memberships }: SessionAnswer): Session {
  const organisations = memberships.map(({ org_id: id, org_name: name, role }) => ({ id, name, role }))
  return { user, isOperator, organisations }
}

const ranks: Readonly<Record<Role, number>> = { viewer: 0, member: 1, admin: 2, owner: 3 }

/** Whether somebody of one role may do what another may. */
export function includesRole(role: Role, needed: Role): boolean {
  return ranks[role] >= ranks[needed]
}

/** The organisation that is asked for, if the session has it, else the remembered one, else the first. */
export function selectOrganisation(
  organisations: readonly Organisation[],
  wanted: readonly (string | null | undefined)[],
): Organisation {
  const found = wanted.flatMap((id) => organisations.filter((one) => one.id === id))
  return found[0] ?? organisations[0] ?? { id: 'default', name: 'No organisation', role: 'viewer' }
}
