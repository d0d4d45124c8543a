import type { JsonObject } from '@gw/adapters'
import type { Gateway, Told } from './ask.ts'

/** What goes on after an answer: the results of its calls in their order, and what the user says besides. */
export interface Turn {
  results: string[]
  said: string[]
}

/** A client that keeps its own conversation, in its own format. */
export interface LoopClient {
  send(): Promise<Told & { logId: string }>
  /** Adds the last answer, as it came, and what follows it. */
  goOn(turn: Turn): void
}

export type CreateLoopClient = (gateway: Gateway, first: JsonObject) => LoopClient
