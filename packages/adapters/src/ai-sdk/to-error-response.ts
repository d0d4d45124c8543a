import { isObject, stringOf } from '../json.ts'
import { WireError } from '../wire-error.ts'

/**
 * An error of an AI SDK model as its provider's answer: the provider's own words where there are any. Messages of errors
 * that the SDK doesn't know stay here, as they may quote anything.
 */
export function toErrorResponse(error: unknown): Response {
  const { status, message, body, headers } = describe(error)
  if (body !== undefined)
    return new Response(body, { status, headers: { ...headers, 'content-type': 'application/json' } })
  return Response.json(toErrorBody(message), { status, headers })
}

/** The same for the middle of a stream. */
export function toErrorEvent(error: unknown): string {
  return `data: ${JSON.stringify(toErrorBody(describe(error).message))}\n\n`
}

interface Described {
  status: number
  message: string
  body?: string | undefined
  headers: Record<string, string>
}

function describe(error: unknown): Described {
  const headers: Record<string, string> = {}
  if (error instanceof WireError) return { status: 400, message: error.message, headers }
  const { name, message, statusCode, responseBody, responseHeaders } =
    isObject(error) || error instanceof Error ? fieldsOf(error) : {}
  const retryAfter = isObject(responseHeaders) ? stringOf(responseHeaders['retry-after']) : undefined
  if (retryAfter !== undefined) headers['retry-after'] = retryAfter
  const status =
    typeof statusCode === 'number' && statusCode >= 400 ? statusCode : name === 'AI_NoSuchModelError' ? 404 : 502
  const isKnown = typeof name === 'string' && name.startsWith('AI_')
  return {
    status,
    message: isKnown && typeof message === 'string' ? message : 'The AI SDK provider failed.',
    body: stringOf(responseBody) || undefined,
    headers,
  }
}

/** Fields of an error, whose own classes other copies of the SDK don't share. */
function fieldsOf(error: object): Record<string, unknown> {
  const names = ['name', 'message', 'statusCode', 'responseBody', 'responseHeaders']
  return Object.fromEntries(names.map((field) => [field, Reflect.get(error, field)]))
}

const toErrorBody = (message: string) => ({ error: { message, type: 'upstream_error', param: null, code: null } })
