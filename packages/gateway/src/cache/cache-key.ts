declare const made: unique symbol

/**
 * Where an answer is kept. Only `createCacheKey` makes one, and it asks for the tenant: there is no key without.
 */
export interface CacheKey {
  /** Whose answer it is. */
  readonly orgId: string
  /** What is purged together: one request's answer, or all of one custom key. 64 hex digits. */
  readonly place: string
  /** One answer of the place. 64 hex digits. */
  readonly variant: string
  readonly [made]: true
}
