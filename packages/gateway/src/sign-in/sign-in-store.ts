/** How a user signs in, and whether they run the gateway. */
export interface SignIn {
  userId: string
  /** From `hashPassword`; `null` where somebody in front of the gateway vouches for them. */
  passwordHash: string | null
  isOperator: boolean
}

/** A browser that is signed in. */
export interface StoredSession {
  id: string
  /** `null`: opened with the admin key. */
  userId: string | null
  /** SHA-256 of the token that the browser has. */
  tokenHash: string
  /** Of the token before, which is good until the browser has used the new one. */
  previousHash: string | null
  /** What writes of this session carry. */
  csrfToken: string
  /** Ms since the epoch. */
  createdAt: number
  rotatedAt: number
  expiresAt: number
}

/** A link with which somebody chooses a password, once. */
export interface Invitation {
  id: string
  userId: string
  tokenHash: string
  /** Ms since the epoch. */
  createdAt: number
  expiresAt: number
}

/** What becomes of a session's tokens. */
export interface Rotation {
  tokenHash: string
  previousHash: string | null
  /** Ms since the epoch. */
  at: number
}

/** Where sign-ins, sessions and invitations are kept. */
export interface SignInStore {
  find(userId: string): Promise<SignIn | undefined>
  /** Makes or replaces. */
  save(signIn: SignIn, at: number): Promise<void>
  /** Makes the first one; false where there is one already. */
  saveFirst(signIn: SignIn, at: number): Promise<boolean>
  /** Whether there is any; without one the gateway waits to be set up. */
  isEmpty(): Promise<boolean>
  addSession(session: StoredSession): Promise<void>
  /** By the hash of its token, or of the token before. */
  findSession(tokenHash: string): Promise<StoredSession | undefined>
  /** Changes a session's tokens; false where another request was faster. */
  rotateSession(session: StoredSession, to: Rotation): Promise<boolean>
  removeSession(id: string): Promise<void>
  /** Of a user, all but one; with `null` the operator's. */
  removeSessions(userId: string | null, exceptId?: string): Promise<void>
  /** Removes what has expired at a time, ms since the epoch. */
  removeExpired(at: number): Promise<void>
  addInvitation(invitation: Invitation): Promise<void>
  /** Removes a user's open invitations. */
  removeInvitations(userId: string): Promise<void>
  /** Takes an invitation, once; `undefined` where it is unknown, used or expired. */
  useInvitation(tokenHash: string, at: number): Promise<Invitation | undefined>
}
