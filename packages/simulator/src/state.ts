import { createFaultBook } from './faults/fault-set.ts'
import { createResponseMemory } from './formats/openai-responses-memory.ts'
import { createPromptCache } from './prompt-cache.ts'
import { createRequestLog } from './request-log.ts'

export interface SimulatorOptions {
  /** Changes every derived id and filler word. Default `'gw'`. */
  seed?: string
  /** Pause between the events of a stream; `x-sim-pace-ms` overrides it. Default 0. */
  paceMs?: number
  /** The clock. Default `Date.now`. */
  now?: () => number
  /** How many requests are kept. Default 1000. */
  maxRequests?: number
}

/** What a simulator remembers between requests. */
export type State = ReturnType<typeof createState>

export function createState({ seed = 'gw', paceMs = 0, now = Date.now, maxRequests = 1000 }: SimulatorOptions) {
  return {
    seed,
    now,
    faults: createFaultBook(),
    cache: createPromptCache(now),
    memory: createResponseMemory(),
    log: createRequestLog(maxRequests),
    paceOf: ({ headers }: Request): number => {
      const asked = Number(headers.get('x-sim-pace-ms') ?? Number.NaN)
      return Number.isFinite(asked) ? asked : paceMs
    },
  }
}
