import type { CallerName } from '../cast/callers.ts'
import type { Model } from './models.ts'

/** Where a request goes in, and in which format. */
export type Way = 'chat' | 'messages' | 'gemini' | 'responses' | 'native' | 'universal'

/** One target, and what it does at each attempt. */
export interface PlannedLeg {
  model: Model
  /** Faults of the first, second … attempt; no fault where the list has ended, or says `-`. */
  faults: readonly string[]
  /** Words of the answer. */
  words: number
  /** What the caller says; names the request, the leg and the faults for the upstream. */
  text: string
}

/** How a client goes away: its connection is closed, or reset as when a process dies. */
export interface Leave {
  when: 'unsent' | 'unanswered' | 'midway' | 'at-end'
  isReset: boolean
  /** After the request is out, ms. */
  afterMs: number
  /** Of the answer's body. */
  afterBytes: number
}

/** One request, in all that the seed decides. */
export interface PlannedRequest {
  /** Its `cf-aig-event-id`, and the mark by which the upstream knows it. */
  id: string
  caller: CallerName
  way: Way
  stream: boolean
  /** The caller of an OpenAI stream asks for its usage. */
  asksUsage: boolean
  legs: readonly [PlannedLeg, ...PlannedLeg[]]
  /** Attempts per leg; 1 asks for no retries. */
  attempts: number
  /** Most that a first byte may take, ms; `undefined`: the gateway's own. */
  timeoutMs: number | undefined
  leave: Leave | undefined
}
