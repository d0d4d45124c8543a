/** A person; what they may do in an organisation says their membership. */
export interface User {
  id: string
  /** Unique; the case of ASCII letters does not count. */
  email: string
  name: string
  /** A tier of their own, in place of the organisation's. */
  tierId: string | null
  /** Ms since the epoch. */
  createdAt: number
}

/** What of a user can be changed; what is absent stays. */
export type UserChange = Partial<Pick<User, 'email' | 'name' | 'tierId'>>

/** Where users are kept. */
export interface UserStore {
  find(id: string): Promise<User | undefined>
  findByEmail(email: string): Promise<User | undefined>
  /** All users, in the order of their ids; those of one organisation are in `MembershipStore.list`. */
  list(): Promise<User[]>
  /** @throws when the id or the e-mail address is taken. */
  add(user: User): Promise<void>
  /** False when there is no such user. @throws when the e-mail address is taken. */
  update(id: string, change: UserChange): Promise<boolean>
  /**
   * Removes a user with their memberships and provider keys; false when there is none. Their gateway keys belong to the
   * organisation and go on working: revoke them first.
   */
  remove(id: string): Promise<boolean>
}
