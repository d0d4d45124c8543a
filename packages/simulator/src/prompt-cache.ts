import type { Ask, Block } from './ask.ts'
import { hash } from './hash.ts'

/** How the prompt's tokens divide between fresh, read from the cache and written to it. */
export interface CacheSplit {
  cacheRead: number
  cacheWrite5m: number
  cacheWrite1h: number
}

const lifeMs = { '5m': 300_000, '1h': 3_600_000 } as const
const maxEntries = 10_000

/** Remembers prompt prefixes, so that the second request with the same start reads what the first one wrote. */
export function createPromptCache(now: () => number) {
  const expiries = new Map<string, number>()

  const remember = (prefix: string, ttl: '5m' | '1h'): void => {
    if (expiries.size >= maxEntries) expiries.clear()
    expiries.set(prefix, Math.max(expiries.get(prefix) ?? 0, now() + lifeMs[ttl]))
  }
  const isKnown = (prefix: string): boolean => (expiries.get(prefix) ?? 0) > now()

  return {
    /** Looks the prompt up under `scope` (provider and model) and records it. */
    split({ blocks, cache }: Ask, scope: string): CacheSplit {
      if (cache.by === 'none') return { cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 }
      const prefixes = prefixesOf(blocks, `${scope}/${cache.by === 'prefix' ? cache.key : ''}`)
      const known = prefixes.findLastIndex(isKnown)
      if (cache.by === 'breakpoints') return splitAtBreakpoints(blocks, prefixes, { known, remember })
      for (const prefix of prefixes) remember(prefix, '5m')
      const total = sum(blocks)
      const read = total < cache.minTokens ? 0 : sum(blocks.slice(0, known + 1))
      return { cacheRead: Math.floor(read / cache.step) * cache.step, cacheWrite5m: 0, cacheWrite1h: 0 }
    },
    clear: () => expiries.clear(),
  }
}

interface Known {
  known: number
  remember(prefix: string, ttl: '5m' | '1h'): void
}

/** Anthropic: what lies between the longest known prefix and the last breakpoint is written, each part for its own time. */
function splitAtBreakpoints(blocks: Block[], prefixes: string[], { known, remember }: Known): CacheSplit {
  const last = blocks.findLastIndex((block) => block.ttl !== undefined)
  const readTo = Math.min(known, last)
  const written = { '5m': 0, '1h': 0 }
  let pending = 0
  for (const [index, block] of blocks.entries()) {
    if (index > readTo) pending += block.tokens
    if (block.ttl === undefined) continue
    written[block.ttl] += pending
    pending = 0
    remember(prefixes[index] ?? '', block.ttl)
  }
  return { cacheRead: sum(blocks.slice(0, readTo + 1)), cacheWrite5m: written['5m'], cacheWrite1h: written['1h'] }
}

function prefixesOf(blocks: Block[], scope: string): string[] {
  let state = hash(scope)
  let length = 0
  return blocks.map(({ digest }) => {
    state = hash(digest, state)
    length += digest.length
    return `${state}/${length}`
  })
}

function sum(blocks: Block[]): number {
  return blocks.reduce((total, { tokens }) => total + tokens, 0)
}
