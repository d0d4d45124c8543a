import type { AnswerCache, Opened } from './answer-cache.ts'
import type { CacheKey } from './cache-key.ts'
import { createTurns, type Turns } from './create-turns.ts'

export interface MemoryAnswerCacheOptions {
  now(): number
  /** Most bytes of all answers together; the one that was not asked for longest goes first. Default 64 MB. */
  maxBytes?: number
}

interface Entry {
  place: string
  value: Uint8Array<ArrayBuffer>
  expiresAt: number
}

/** Answers in memory, for tests and for a gateway of one process. */
export function createMemoryAnswerCache({ now, maxBytes = 64_000_000 }: MemoryAnswerCacheOptions): AnswerCache {
  const entries = createEntries({ now, maxBytes })
  const queues = new Map<string, { place: string; turns: Turns }>()

  const find = ({ variant }: CacheKey): Opened | undefined => {
    const value = entries.find(variant)
    return value && { state: 'kept', value }
  }
  const turnsOf = ({ place, variant }: CacheKey): Turns => {
    const known = queues.get(variant)
    if (known) return known.turns
    const turns = createTurns({ now })
    queues.set(variant, { place, turns })
    return turns
  }
  const tidy = ({ variant }: CacheKey): void => {
    if (queues.get(variant)?.turns.isIdle()) queues.delete(variant)
  }

  return {
    open: async (key, turn) => find(key) ?? { state: turnsOf(key).take(turn) ? 'lead' : 'wait' },
    find: async ({ variant }) => entries.find(variant),
    wait: async (key, turn, waitMs) => {
      const kept = find(key)
      if (kept) return kept
      const end = await turnsOf(key).wait(turn, waitMs)
      tidy(key)
      return end === 'kept' ? (find(key) ?? { state: 'late' }) : { state: end }
    },
    renew: async ({ variant }, turn) => queues.get(variant)?.turns.renew(turn),
    keep: async (key, { turn, value, ttlMs }) => {
      const turns = turnsOf(key)
      if (!turns.holds(turn)) return false
      entries.add(key.variant, { place: key.place, value, expiresAt: now() + ttlMs })
      turns.settle()
      tidy(key)
      return true
    },
    leave: async (key, turn) => {
      queues.get(key.variant)?.turns.leave(turn)
      tidy(key)
    },
    remove: async ({ place }) => {
      const hadSome = entries.remove(place)
      for (const queue of queues.values()) if (queue.place === place) queue.turns.revoke()
      return hadSome
    },
  }
}

/** Values within a number of bytes. */
function createEntries({ now, maxBytes }: Required<MemoryAnswerCacheOptions>) {
  const entries = new Map<string, Entry>()
  let size = 0
  const drop = (variant: string): void => {
    size -= entries.get(variant)?.value.byteLength ?? 0
    entries.delete(variant)
  }
  const add = (variant: string, entry: Entry): void => {
    drop(variant)
    entries.set(variant, entry)
    size += entry.value.byteLength
    for (const oldest of entries.keys()) {
      if (size <= maxBytes) return
      drop(oldest)
    }
  }
  return {
    add,
    find: (variant: string): Entry['value'] | undefined => {
      const entry = entries.get(variant)
      drop(variant)
      if (!entry || entry.expiresAt <= now()) return undefined
      add(variant, entry)
      return entry.value
    },
    remove: (place: string): boolean => {
      const gone = [...entries].filter(([, entry]) => entry.place === place)
      for (const [variant] of gone) drop(variant)
      return gone.length > 0
    },
  }
}
