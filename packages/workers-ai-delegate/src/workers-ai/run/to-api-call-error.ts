import { AISDKError, APICallError } from '@ai-sdk/provider'
import { workersAiStatusOf } from '@gw/adapters/workers-ai-status'
import { codeInMessage } from './error-codes.ts'
import { isAbortError } from './is-abort-error.ts'
import { isObject } from './json.ts'
import { readErrorText, withCode, type StatedError } from './read-error.ts'

/** What an error says about the call that it ended. */
export interface RunContext {
  modelId: string
  inputs: unknown
  /** Headers of the answer, where there is one. */
  responseHeaders?: Record<string, string>
}

/** The error that a response with a status of 400 or more reports; reads its body. */
export async function toResponseError(response: Response, context: RunContext): Promise<APICallError> {
  const text = await response.text().catch(() => '')
  const { message, code, retryable } = readErrorText(text)
  const said = message === '' ? `HTTP ${response.status} ${response.statusText}`.trim() : message
  return new APICallError({
    ...baseOf(context),
    message: withCode(said, code),
    statusCode: response.status,
    responseHeaders: Object.fromEntries(response.headers),
    responseBody: text,
    ...(retryable !== undefined && { isRetryable: retryable }),
    ...(code !== undefined && { data: { workersAIErrorCode: code } }),
  })
}

/** The error that an answer states in its body, although its status is fine. */
export function toStatedError({ message, code, retryable }: StatedError, context: RunContext): APICallError {
  const statusCode = workersAiStatusOf(code)
  return new APICallError({
    ...baseOf(context),
    message: withCode(message, code),
    responseBody: message,
    ...(context.responseHeaders && { responseHeaders: context.responseHeaders }),
    ...(statusCode !== undefined && { statusCode }),
    ...(retryable !== undefined && { isRetryable: retryable }),
    ...(code !== undefined && { data: { workersAIErrorCode: code } }),
  })
}

/**
 * An error that the binding threw, with the status of its number, so that the AI SDK knows what to retry. Cancellations
 * and the SDK's own errors are given back as they are.
 */
export function toApiCallError(error: unknown, context: RunContext): unknown {
  if (isAbortError(error) || AISDKError.isInstance(error)) return error
  const message = messageOf(error)
  const code = codeOf(error) ?? codeInMessage(message)
  const statusCode = workersAiStatusOf(code)
  return new APICallError({
    ...baseOf(context),
    message: `${message}${hintFor(message)}`,
    responseBody: message,
    cause: error,
    ...(statusCode !== undefined && { statusCode }),
    ...(isConnectionError(error) && { isRetryable: true }),
    ...(code !== undefined && { data: { workersAIErrorCode: code } }),
  })
}

function baseOf({ modelId, inputs }: RunContext): { url: string; requestBodyValues: unknown } {
  return { url: `workers-ai:run/${modelId}`, requestBodyValues: inputs }
}

function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message
  if (isObject(error) && typeof error['message'] === 'string') return error['message']
  return String(error)
}

function codeOf(error: unknown): number | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? Number(error.code) : undefined
  return workersAiStatusOf(code) === undefined ? undefined : code
}

/** The runtime marks its own connection losses; `fetch` says so in words. */
function isConnectionError(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  if ('retryable' in error && error.retryable === true) return true
  return error instanceof TypeError && /fetch failed|failed to fetch|network/i.test(error.message)
}

function hintFor(message: string): string {
  if (!message.includes('does not support ReadableStreams')) return ''
  return " Cloudflare's binding sends this model's input past gateways only: make the model with a provider that has no `gateway`."
}
