import type { Invitation, SignIn, SignInStore, StoredSession } from './sign-in-store.ts'

/** Sign-ins that are forgotten when the process ends. */
export function createMemorySignInStore(): SignInStore {
  const signIns = new Map<string, SignIn>()
  const sessions = new Map<string, StoredSession>()
  const invitations = new Map<string, Invitation>()
  const dropSessions = (isGone: (session: StoredSession) => boolean): void => {
    for (const session of [...sessions.values()].filter(isGone)) sessions.delete(session.id)
  }
  return {
    find: async (userId) => signIns.get(userId),
    save: async (signIn) => void signIns.set(signIn.userId, signIn),
    saveFirst: async (signIn) => {
      if (signIns.size > 0) return false
      signIns.set(signIn.userId, signIn)
      return true
    },
    isEmpty: async () => signIns.size === 0,
    addSession: async (session) => void sessions.set(session.id, session),
    findSession: async (hash) =>
      [...sessions.values()].find(({ tokenHash, previousHash }) => tokenHash === hash || previousHash === hash),
    rotateSession: async ({ id, tokenHash }, to) => {
      const session = sessions.get(id)
      if (session?.tokenHash !== tokenHash) return false
      sessions.set(id, { ...session, tokenHash: to.tokenHash, previousHash: to.previousHash, rotatedAt: to.at })
      return true
    },
    removeSession: async (id) => void sessions.delete(id),
    removeSessions: async (userId, exceptId) =>
      dropSessions((session) => session.userId === userId && session.id !== exceptId),
    removeExpired: async (at) => {
      dropSessions(({ expiresAt }) => expiresAt <= at)
      for (const [hash, { expiresAt }] of invitations) if (expiresAt <= at) invitations.delete(hash)
    },
    addInvitation: async (invitation) => void invitations.set(invitation.tokenHash, invitation),
    removeInvitations: async (userId) => {
      for (const [hash, invitation] of invitations) if (invitation.userId === userId) invitations.delete(hash)
    },
    useInvitation: async (hash, at) => {
      const invitation = invitations.get(hash)
      if (!invitation || invitation.expiresAt <= at) return undefined
      invitations.delete(hash)
      return invitation
    },
  }
}
