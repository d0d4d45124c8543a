/** An organisation: whose keys, budgets and rows are kept apart from everybody else's. */
export interface Org {
  id: string
  name: string
  tierId: string
  /** Ms since the epoch. */
  createdAt: number
}

/** What of an organisation can be changed; what is absent stays. */
export type OrgChange = Partial<Pick<Org, 'name' | 'tierId'>>

/** Where organisations are kept. There is no way to remove one: log rows name it for as long as they are kept. */
export interface OrgStore {
  find(id: string): Promise<Org | undefined>
  /** All organisations, in the order of their ids. */
  list(): Promise<Org[]>
  /** @throws when the id is taken. */
  add(org: Org): Promise<void>
  /** False when there is no such organisation. */
  update(id: string, change: OrgChange): Promise<boolean>
}
