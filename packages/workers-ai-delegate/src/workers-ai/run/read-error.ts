import { codeInMessage } from './error-codes.ts'
import { isObject, numberOf, objectOf, objectsOf, parseJson, stringOf, type JsonObject } from './json.ts'

/** What an answer says went wrong. */
export interface StatedError {
  message: string
  code?: number
  /** What the gateway knows about trying again. */
  retryable?: boolean
}

/**
 * The error that an answer or a stream's event states: `errors` or `error` as a list, an object or a string,
 * `success: false`, or a thrown error's `internalCode`. `undefined` when it states none.
 */
export function readError(body: JsonObject): StatedError | undefined {
  const { error, success, internalCode } = body
  const [listed] = [...objectsOf(body['errors']), ...objectsOf(error)]
  const stated = listed ?? (isStated(error) ? error : undefined)
  if (stated === undefined && success !== false && internalCode === undefined) return undefined
  const detail = isObject(stated) ? stated : body
  const message = typeof stated === 'string' ? stated : messageIn(detail)
  const code = codeIn(detail) ?? codeInMessage(message ?? '')
  const retryable = objectOf(body['gw'] ?? objectOf(error)?.['gw'])?.['retryable']
  return {
    message: message ?? 'Workers AI states an error without a message.',
    ...(code !== undefined && { code }),
    ...(typeof retryable === 'boolean' && { retryable }),
  }
}

/** The error of a response's body, which need not be JSON. */
export function readErrorText(text: string): StatedError {
  const body = objectOf(parseJson(text))
  const stated = body && readError(body)
  if (stated) return stated
  const code = codeInMessage(text)
  return { message: (body && messageIn(body)) ?? text, ...(code !== undefined && { code }) }
}

/** The message with the number in front, unless it names it already. */
export function withCode(message: string, code: number | undefined): string {
  return code === undefined || message.includes(`${code}`) ? message : `${code}: ${message}`
}

function isStated(error: unknown): error is string | JsonObject {
  return isObject(error) || (typeof error === 'string' && error !== '')
}

function messageIn(detail: JsonObject): string | undefined {
  return stringOf(detail['message']) || stringOf(detail['description']) || undefined
}

function codeIn({ code, internalCode }: JsonObject): number | undefined {
  const stated = code ?? internalCode
  const number = typeof stated === 'string' && /^\d+$/.test(stated) ? Number(stated) : numberOf(stated)
  return number
}
