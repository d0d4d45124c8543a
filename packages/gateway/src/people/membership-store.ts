/** What members may do, from everything to looking on. */
export const roles = ['owner', 'admin', 'member', 'viewer'] as const

export type Role = (typeof roles)[number]

/** That a user belongs to an organisation. */
export interface Membership {
  orgId: string
  userId: string
  role: Role
  /** Ms since the epoch. */
  createdAt: number
}

/** Where memberships are kept. Members are reached through their organisation alone. */
export interface MembershipStore {
  find(orgId: string, userId: string): Promise<Membership | undefined>
  /** The organisation's members, in the order of the users' ids. */
  list(orgId: string): Promise<Membership[]>
  /** Where a user belongs to, in the order of the organisations' ids; for the user themselves. */
  listOfUser(userId: string): Promise<Membership[]>
  /** @throws when the user is a member already. */
  add(membership: Membership): Promise<void>
  /** False when the user is no member of the organisation, or its last owner and would be none. */
  update(orgId: string, userId: string, change: { role: Role }): Promise<boolean>
  /** False when the user is no member of the organisation, or its last owner. Their keys of the organisation stay: revoke and remove them. */
  remove(orgId: string, userId: string): Promise<boolean>
}
