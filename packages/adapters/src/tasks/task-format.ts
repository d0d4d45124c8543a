import type { ChatUsage } from '../chat.ts'
import type { JsonObject } from '../json.ts'
import type { WireRequest } from '../wire-format.ts'

/** What every answer of a task may say besides its result. */
export interface TaskAnswer {
  id?: string
  /** The model that says to have answered. */
  model?: string
  usage?: ChatUsage
}

/**
 * One HTTP dialect for a task that is one JSON request and one JSON answer (embeddings, rerank). As with chat, the
 * caller's side reads requests and writes answers in it, the upstream side writes requests and reads answers. All
 * functions are pure and throw only `WireError`.
 */
export interface TaskFormat<Request, Answer extends TaskAnswer> {
  readonly id: string

  /** Caller's side; `model` is what the path names, where it does. @throws WireError `invalid_request` naming the field. */
  parseRequest(body: JsonObject, model?: string): Request
  formatResponse(answer: Answer, request: Request): JsonObject
  /** The caller's body for another model, where it names one anywhere but in `model`. */
  rename?(body: JsonObject, model: string): JsonObject

  /** Upstream side: the path below the provider's base. */
  path(request: Request): string
  /** @throws WireError `unsupported` when a drop would change the answer. */
  formatRequest(request: Request): WireRequest
  parseResponse(body: JsonObject, request: Request): Answer
}

/** One dialect of a vendor's API for a task, and where the vendor deviates from it. */
export interface TaskApi<Request, Answer extends TaskAnswer> {
  format: TaskFormat<Request, Answer>
  /**
   * Path below `basePath`, or a whole URL, where it is not the dialect's own; `undefined` when the model's name is not
   * complete.
   */
  path?(model: string): string | undefined
  /** The request as the vendor takes it; the answer is written anew where that is another. @throws WireError */
  prepare?(request: Request): Request
  /** The caller's own body, where it is in this dialect, changed as `prepare` changed the request. */
  adapt?(body: JsonObject): JsonObject
  /** The vendor charges nothing for it. */
  isFree?: boolean
  /** Last change to a request body. */
  encode?(body: JsonObject): JsonObject
  /** What was counted, where the headers say it and the body does not. */
  readUsage?(headers: Pick<Headers, 'get'>): ChatUsage | undefined
  /** Mends an answer before it is read; it is written anew then. */
  repair?(body: JsonObject): JsonObject
}
