import type { KeySource } from '@gw/keys'
import type { Leg } from './plan.ts'
import type { Relayed } from './streams/create-reading.ts'

/** What a target answered, ready for the caller. */
export interface Answer {
  leg: Leg
  status: number
  headers: Headers
  body: string | ReadableStream<Uint8Array> | null
  keySource: KeySource
  /** What the target could not express. */
  warnings: string[]
  /** Settles when the body has ended, whatever the ending; what is known already is no promise. */
  done: Promise<Relayed> | Relayed
  /** What `done` would say if the body broke off now, where it has not ended. */
  soFar?(): Relayed
}
