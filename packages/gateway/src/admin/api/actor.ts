import type { Role } from '../../people/membership-store.ts'
import type { User } from '../../people/user-store.ts'

/** Who asks the control plane for something. */
export type Actor = OperatorActor | UserActor

/** Whoever holds the admin key. */
export interface OperatorActor {
  kind: 'operator'
  /** The session that was opened with the key, if it is one. */
  session: Session | undefined
}

export interface UserActor {
  kind: 'user'
  user: User
  /** May do everything in every organisation. */
  isOperator: boolean
  /** None where somebody in front of the gateway vouches for the user. */
  session: Session | undefined
}

/** What of a session an operation may need. */
export interface Session {
  id: string
  csrfToken: string
}

/** The least that somebody must be; each of the roles includes those after it, and an operator is everything. */
export type Access = 'public' | 'signed_in' | Role | 'operator'

export function isOperator(actor: Actor): boolean {
  return actor.kind === 'operator' || actor.isOperator
}
