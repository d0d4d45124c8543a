export interface LookupCacheOptions<T> {
  /** Asks the store. */
  load(key: string): Promise<T | undefined>
  now(): number
  /** How long an answer may be used, ms. Default 10 s. */
  ttlMs?: number
  /** How old an answer may become while the store cannot be read, ms. Default five minutes. */
  staleMs?: number
  /** Most answers remembered. Default 10,000. */
  maxEntries?: number
  /** Remembers that there is nothing, too. Default no: then strangers fill no cache, and what is added is found at once. */
  keepsMisses?: boolean
}

/** Remembers what a store answered. */
export interface LookupCache<T> {
  /** @throws what `load` throws, where there is no old answer to go on with. */
  get(key: string): Promise<T | undefined>
  /** Forgets everything, loads that are under way included. */
  clear(): void
}

interface Entry<T> {
  value: T | undefined
  loadedAt: number
  freshUntil: number
}

interface Load<T> {
  startedAt: number
  answer: Promise<T | undefined>
}

/** How long a store that failed is left alone, so that one that is down is not asked for each request. */
const retryMs = 1000

/**
 * A load that is older is shared no more: it may belong to a request that the runtime has ended, and such a promise never
 * settles.
 */
const sharedMs = 2000

/** An answer that somebody else is loading, or another if that does not come. */
async function inTime<T>(answer: Promise<T>, orElse: () => Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), sharedMs)
  })
  const first = await Promise.race([answer.then((value) => ({ value })), late]).finally(() => {
    if (timer !== undefined) clearTimeout(timer)
  })
  return first === 'late' ? orElse() : first.value
}

/**
 * A cache in front of a store: an answer is used for `ttlMs` from the moment when it was asked for, then it is loaded
 * again, once for all who wait. So whatever changes in the store, a revoked key above all, counts everywhere within
 * `ttlMs`, wherever the store can be read. When it cannot, the old answer goes on being used until it is `staleMs` old: a
 * database that is down must not take the gateway with it (`docs/decisions/0013-revocation-within-ten-seconds.md`).
 */
export function createLookupCache<T>(options: LookupCacheOptions<T>): LookupCache<T> {
  const { load, now, ttlMs = 10_000, staleMs = 300_000, maxEntries = 10_000, keepsMisses = false } = options
  let entries = new Map<string, Entry<T>>()
  let loads = new Map<string, Load<T>>()

  const keep = (into: Map<string, Entry<T>>, key: string, entry: Entry<T>): void => {
    const known = into.get(key)
    if (known && known.loadedAt > entry.loadedAt) return
    into.delete(key)
    if (entry.value === undefined && !keepsMisses) return
    const [oldest] = into.keys()
    if (into.size >= maxEntries && oldest !== undefined) into.delete(oldest)
    into.set(key, entry)
  }

  /** `into` is the cache as it was when the load began: what a `clear` has replaced may fill up unseen. */
  const refresh = async (key: string, into: Map<string, Entry<T>>): Promise<T | undefined> => {
    const loadedAt = now()
    try {
      const value = await load(key)
      keep(into, key, { value, loadedAt, freshUntil: loadedAt + ttlMs })
      return value
    } catch (error) {
      const old = into.get(key)
      const staleUntil = old ? old.loadedAt + staleMs : 0
      if (!old || now() >= staleUntil) throw error
      into.set(key, { ...old, freshUntil: Math.min(now() + retryMs, staleUntil) })
      return old.value
    }
  }

  const begin = (key: string): Promise<T | undefined> => {
    const mine = loads
    const answer = refresh(key, entries).finally(() => {
      if (mine.get(key)?.answer === answer) mine.delete(key)
    })
    loads.set(key, { startedAt: now(), answer })
    return answer
  }

  return {
    get: (key) => {
      const entry = entries.get(key)
      if (entry && now() < entry.freshUntil) return Promise.resolve(entry.value)
      const running = loads.get(key)
      if (!running || now() - running.startedAt >= sharedMs) return begin(key)
      return inTime(running.answer, () => begin(key))
    },
    clear: () => {
      entries = new Map()
      loads = new Map()
    },
  }
}
