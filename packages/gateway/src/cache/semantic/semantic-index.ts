import type { CacheKey } from '../cache-key.ts'

/** The nearest of what is known. */
export interface Neighbour {
  /** Of the answer's key. */
  variant: string
  /** Cosine, up to 1. */
  similarity: number
}

export interface SemanticEntry {
  variant: string
  vector: readonly number[]
  ttlMs: number
}

/**
 * Finds the request that was most alike, within one partition: all that must be equal, tenant included, is in the
 * partition's key, and no distance leads out of it.
 */
export interface SemanticIndex {
  query(partition: CacheKey, vector: readonly number[]): Promise<Neighbour | undefined>
  insert(partition: CacheKey, entry: SemanticEntry): Promise<void>
  /** Forgets an entry whose answer is gone. */
  remove(partition: CacheKey, variant: string): Promise<void>
}
