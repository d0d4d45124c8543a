import type { ChatChunk, ChatRequest, ChatResponse } from './chat.ts'
import type { Framing } from './create-event-decoder.ts'
import type { SseEvent } from './decode-stream.ts'
import type { ErrorType } from './error-type.ts'
import type { JsonObject } from './json.ts'
import type { ProviderError } from './provider-error.ts'

/** What a translation needs to know and cannot read from the body. */
export interface WireContext {
  /** The model as the target knows it, for formats that name it in the URL or leave it out of answers. */
  model: string
  /** Milliseconds since the epoch. */
  now(): number
  /** An opaque unique id, for formats whose answers or tool calls have none. */
  createId(): string
}

/** A request in the target's words, and the names of what it had no words for. */
export interface WireRequest {
  body: JsonObject
  /** One entry for each field that was dropped, such as `top_k`; they travel in `gw-warnings`. */
  warnings: string[]
}

export type StreamItem =
  | { type: 'chunk'; chunk: ChatChunk }
  /** The provider reported an error inside the stream. */
  | { type: 'error'; error: ProviderError }

/** Reads a provider's events, one at a time, into canonical chunks. */
export interface StreamDecoder {
  push(event: SseEvent): StreamItem[]
  /** What is left to say once the provider has closed the stream. */
  end(): StreamItem[]
  /** True once the provider has sent its terminal event; a stream that closes without it was cut. */
  readonly finished: boolean
}

/** Writes canonical chunks as the events of a caller's format. */
export interface StreamEncoder {
  push(chunk: ChatChunk): string
  /** The error event; nothing but its text follows. */
  error(error: CallerError): string
  /** The closing events. Not called after `error`. */
  end(): string
}

/** An error on its way to the caller. */
export interface CallerError {
  /** HTTP status. */
  status: number
  type: ErrorType
  message: string
  /** The provider's or our own code, such as `context_length_exceeded`. */
  code?: string
  param?: string
  /** What our own clients read: `error.gw`. */
  gw?: JsonObject
}

/**
 * One HTTP dialect for chat. The caller's side reads requests and writes answers in it; the upstream side writes
 * requests and reads answers in it. All functions are pure and throw only `WireError`.
 */
export interface WireFormat {
  readonly id: string
  /** Field of a request that holds its turns. */
  readonly turns: 'messages' | 'contents' | 'input' | 'prompt'
  /** How its streams are cut into events. Default `sse`. */
  readonly framing?: Framing
  /** A caller who does not say wants a stream. */
  readonly streamsByDefault?: boolean
  /** Path of the chat operation below the provider's base, such as `/chat/completions`. */
  path(model: string, stream: boolean): string

  /** Caller's side. @throws WireError `invalid_request` naming the field. */
  parseRequest(body: JsonObject, context: WireContext): ChatRequest
  /** `request` is what the answer is for, for formats whose answers repeat it. */
  formatResponse(response: ChatResponse, context: WireContext, request?: ChatRequest): JsonObject
  createEncoder(request: ChatRequest, context: WireContext): StreamEncoder
  formatError(error: CallerError): JsonObject

  /** Upstream side. @throws WireError `unsupported` when a drop would change the answer. */
  formatRequest(request: ChatRequest, context: WireContext): WireRequest
  parseResponse(body: JsonObject, context: WireContext): ChatResponse
  createDecoder(context: WireContext): StreamDecoder
  /**
   * True for event data that adds output and nothing else (no usage, finish reason or error). Whoever only watches a
   * stream may skip such an event unparsed; `false` is always right.
   */
  isOutputOnly?(data: string): boolean
}
