import type { CallerError, ProviderError, StreamEncoder, WireContext } from '@gw/adapters'
import type { KeySource } from '@gw/keys'
import type { CachedLeg } from './cache/cached-leg.ts'
import type { Leg } from './plan.ts'
import type { PartialAnswer } from './streams/create-partial-answer.ts'
import type { Relayed } from './streams/create-reading.ts'
import type { Relay } from './streams/relay.ts'

/** What is needed to go on with a stream that breaks off. */
export interface Continuation {
  /** What the caller has so far. */
  partial: { read(): PartialAnswer }
  /** Has written it. */
  encoder: StreamEncoder
  context: WireContext
  toCallerError(error: ProviderError): CallerError
}

/** What a target answered, ready for the caller. */
export interface Answer {
  leg: Leg | CachedLeg
  status: number
  headers: Headers
  body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null
  keySource: KeySource
  /** What the target could not express. */
  warnings: string[]
  /** Set where a stream that breaks off says so by its ending alone, so that another target can go on. */
  continuation?: Continuation
  /** Settles when the body has ended, whatever the ending; what is known already is no promise. */
  done: Promise<Relayed> | Relayed
  /** What `done` would say if the body broke off now, where it has not ended. */
  soFar?(): Relayed
  /**
   * Shows all of a body that is a stream, that too which comes after the caller has left (`Relay.observe`).
   */
  observe?: Relay['observe']
  /** The same, as it passes (`Relay.listen`). */
  listen?: Relay['listen']
  /** Settles when whoever listens has had all, where that is later than `done`. Never rejects. */
  passed?: Promise<void>
}
