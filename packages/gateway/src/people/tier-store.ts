/** What callers may do; `null` is no limit. */
export interface Tier {
  id: string
  name: string
  requestsPerDay: number | null
  requestsPerMinute: number | null
  tokensPerMinute: number | null
}

/** What of a tier can be changed; what is absent stays. */
export type TierChange = Partial<Omit<Tier, 'id'>>

/** Where tiers are kept. They are the operator's; organisations and users have one. */
export interface TierStore {
  find(id: string): Promise<Tier | undefined>
  /** All tiers, in the order of their ids. */
  list(): Promise<Tier[]>
  /** @throws when the id is taken. */
  add(tier: Tier): Promise<void>
  /** False when there is no such tier. */
  update(id: string, change: TierChange): Promise<boolean>
  /** Removes a tier that no organisation, user or provider key has. */
  remove(id: string): Promise<'removed' | 'not_found' | 'in_use'>
}
