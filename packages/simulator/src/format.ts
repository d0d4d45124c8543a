import type { Answer } from './answer/build-answer.ts'
import type { Ask } from './ask.ts'
import type { ResponseMemory } from './formats/openai-responses-memory.ts'
import type { Issue } from './shape.ts'
import type { Usage } from './usage.ts'

/** One request to a simulated vendor. */
export interface Call {
  provider: string
  /** The vendor's own path, without the provider segment. */
  path: string
  search: URLSearchParams
  headers: Headers
  /** The model without its fault parts. */
  model: string
  /** The parsed JSON body. */
  body: unknown
}

/** What a format needs to write an answer down. */
export interface Reply {
  /** One per choice; never empty. */
  answers: readonly [Answer, ...Answer[]]
  /** Undefined when the `no-usage` fault holds it back. */
  usage: Usage | undefined
  seed: number
  createdSeconds: number
}

/** One event of a stream, before it is framed. */
export interface Frame {
  /** `token` frames carry output; `preamble`, `finish` and `done` frames surround them. */
  kind: 'preamble' | 'token' | 'other' | 'finish' | 'done'
  event?: string
  /** The payload, usually JSON text. */
  text: string
  /** Sent as it is, outside the framing. */
  isRaw?: true
}

/** How a vendor frames its stream. */
export interface Framing {
  contentType: string
  encode(frame: Frame, isFirst: boolean): string | Uint8Array
  /** A comment or keep-alive, where the framing has one. */
  comment?: string
  /** Ends a stream that an error breaks off. */
  close?: string
}

/** A request that was understood: its meaning, and how to write the answer in its format. */
export interface Parsed {
  ask: Ask
  framing: Framing
  toJson(reply: Reply): unknown
  toFrames(reply: Reply): Iterable<Frame>
}

export type FailureKind =
  | 'invalid'
  | 'missing-auth'
  | 'bad-auth'
  | 'leaked-key'
  | 'no-route'
  | 'wrong-method'
  | 'model-not-found'
  | 'context-length'
  | 'content-filter'
  | 'quota'
  | 'status'

/** Why a vendor refuses; each format words it in its own shape. */
export interface Failure {
  kind: FailureKind
  message?: string
  param?: string
  code?: string
  status?: number
  retryAfterSeconds?: number
  issue?: Issue
  model?: string
}

/** Thrown by the rules of a format that a shape cannot state. */
export class Rejection extends Error {
  readonly failure: Failure
  constructor(message: string, failure: Partial<Failure> = {}) {
    super(message)
    this.failure = { kind: 'invalid', message, ...failure }
  }
}

/** An error response in the vendor's own shape. */
export interface VendorError {
  status: number
  body: unknown
  headers?: Record<string, string>
}

/** A wire format: how requests are checked, answers written, errors worded. */
export interface Format {
  id: string
  /** Recognises the vendor's path. */
  path: RegExp
  /** The credential as this vendor expects it. */
  credential(call: Pick<Call, 'headers' | 'search' | 'provider'>): string | undefined
  /** Throws a ShapeError or a Rejection when the vendor would answer 400. */
  parse(call: Call): Parsed
  /** The status with which this vendor says that it is overloaded. */
  overloadedStatus: 503 | 529
  /** The smallest valid body, for answers computed ahead. */
  sample(stream: boolean): unknown
  toError(failure: Failure, context: { provider: string; seed: number }): VendorError
  /** The error as an event of a stream that already began. */
  toErrorFrame(error: VendorError): Frame
  headers(reply: { seed: number; model: string }): Record<string, string>
  /** The body with what the vendor keeps put in for what it only names. */
  recall?(body: unknown, memory: ResponseMemory): unknown
  /** Keeps what the vendor would of an answer. */
  remember?(answer: unknown, body: unknown, memory: ResponseMemory): void
}
