import type { ChatRequest, FinishReason } from '../../src/chat.ts'
import type { Json, JsonObject } from '../../src/json.ts'
import type { WireFormat } from '../../src/wire-format.ts'

export type Fetch = typeof globalThis.fetch

/** An official client of a format, which hears what we write through a `fetch` of ours. */
export interface SdkClient {
  /** The package. */
  name: string
  format: WireFormat
  /** How the client may name each of our finish reasons. */
  finish: Readonly<Record<FinishReason, readonly string[]>>
  /** What the client asks for, where the answer depends on it. Streams have usage unless this says otherwise. */
  asked?: Partial<ChatRequest>
  answer(fetch: Fetch): Promise<HeardAnswer>
  stream(fetch: Fetch): Promise<HeardAnswer>
  /** What the client says of an error. @throws The error, when it is none of the client's own class. */
  readError(error: unknown): HeardError
  /** The message of an error within a stream, where that is of another class. */
  readStreamError?(error: unknown): unknown
  /** The place of the error's code in a body, where the client reads it there. */
  codeOf?(body: JsonObject): Json | undefined
}

export interface HeardAnswer {
  text: string
  /** `undefined` when the client has no word for it. */
  reasoning?: string | undefined
  /** `undefined` when the client has no word for them. */
  toolCalls?: readonly HeardCall[]
  /** In the client's words. */
  finishReason: string
  /** Counts with our meaning, those that the client has a word for. One that it does not know counts nothing. */
  usage: Readonly<Partial<Record<UsageField, number | undefined>>>
}

export interface HeardCall {
  name: string
  arguments: unknown
}

export type UsageField = 'input' | 'output' | 'cached' | 'cacheWrite' | 'reasoning'

export interface HeardError {
  status: number | undefined
  message: string
  code?: unknown
}
