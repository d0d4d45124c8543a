import type { PriceOverride } from '@gw/catalog'

/** A price of an organisation's own, in place of the catalog's. */
export interface OwnPrice extends PriceOverride {
  orgId: string
  /** Ms since the epoch. */
  createdAt: number
}

/** Where organisations' own prices are kept. */
export interface PriceStore {
  list(orgId: string): Promise<OwnPrice[]>
  /** @throws when the id is taken. */
  add(price: OwnPrice): Promise<void>
  /** False when the organisation has no such price. */
  remove(orgId: string, id: string): Promise<boolean>
}
