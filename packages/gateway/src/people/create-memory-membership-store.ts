import type { Membership, MembershipStore } from './membership-store.ts'

/** Memberships that are forgotten when the process ends. */
export function createMemoryMembershipStore(initial: readonly Membership[] = []): MembershipStore {
  const keyOf = (orgId: string, userId: string): string => JSON.stringify([orgId, userId])
  const members = new Map(initial.map((membership) => [keyOf(membership.orgId, membership.userId), membership]))
  const isLastOwner = ({ orgId, userId, role }: Membership): boolean =>
    role === 'owner' &&
    ![...members.values()].some((one) => one.orgId === orgId && one.userId !== userId && one.role === 'owner')

  return {
    find: async (orgId, userId) => members.get(keyOf(orgId, userId)),
    list: async (orgId) =>
      [...members.values()].filter((one) => one.orgId === orgId).toSorted((a, b) => (a.userId < b.userId ? -1 : 1)),
    listOfUser: async (userId) =>
      [...members.values()].filter((one) => one.userId === userId).toSorted((a, b) => (a.orgId < b.orgId ? -1 : 1)),
    add: async (membership) => {
      const key = keyOf(membership.orgId, membership.userId)
      if (members.has(key)) throw new Error(`User "${membership.userId}" is a member already.`)
      members.set(key, membership)
    },
    update: async (orgId, userId, change) => {
      const key = keyOf(orgId, userId)
      const membership = members.get(key)
      if (!membership || (change.role !== 'owner' && isLastOwner(membership))) return false
      members.set(key, { ...membership, ...change })
      return true
    },
    remove: async (orgId, userId) => {
      const membership = members.get(keyOf(orgId, userId))
      return membership !== undefined && !isLastOwner(membership) && members.delete(keyOf(orgId, userId))
    },
  }
}
