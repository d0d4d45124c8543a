import type { SemanticEntry, SemanticIndex } from './semantic-index.ts'

export interface MemorySemanticIndexOptions {
  now(): number
  /** Most entries of a partition; the oldest goes first. Default 1,000. */
  maxEntries?: number
}

type Entry = Pick<SemanticEntry, 'vector'> & { expiresAt: number }

/** Compares with all there is; for tests and for a gateway of one process. */
export function createMemorySemanticIndex({ now, maxEntries = 1000 }: MemorySemanticIndexOptions): SemanticIndex {
  const partitions = new Map<string, Map<string, Entry>>()
  return {
    query: async ({ variant: partition }, vector) => {
      const entries = [...(partitions.get(partition) ?? [])].filter(([, { expiresAt }]) => expiresAt > now())
      const near = entries.map(([variant, entry]) => ({ variant, similarity: cosine(vector, entry.vector) }))
      return near.toSorted((one, other) => other.similarity - one.similarity)[0]
    },
    insert: async ({ variant: partition }, { variant, vector, ttlMs }) => {
      const entries = partitions.get(partition) ?? new Map<string, Entry>()
      partitions.set(partition, entries)
      entries.delete(variant)
      entries.set(variant, { vector, expiresAt: now() + ttlMs })
      const [oldest] = entries.keys()
      if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest)
    },
    remove: async ({ variant: partition }, variant) => {
      const entries = partitions.get(partition)
      entries?.delete(variant)
      if (entries?.size === 0) partitions.delete(partition)
    },
  }
}

function cosine(one: readonly number[], other: readonly number[]): number {
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0)
  const length = Math.sqrt(dot(one, one) * dot(other, other))
  return one.length === other.length && length > 0 ? dot(one, other) / length : 0
}
