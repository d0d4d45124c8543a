import { isJson } from '../bindings/read-run-answer.ts'
import { extractErrorMessage } from '../errors/extract-error-message.ts'
import { isObject, numberOf, objectsOf, parseJson, stringOf, type JsonObject } from '../workers-ai/run/json.ts'

/**
 * The gateway's own errors come as a list, where plugins look for an object and would report the status text alone. The
 * same answer with the first of the list where OpenAI's, Anthropic's and Google's readers find it; all else is kept.
 */
export async function toReadableError(response: Response): Promise<Response> {
  if (response.ok || !isJson(response)) return response
  const text = await response.text()
  const body = parseJson(text)
  const { status, statusText } = response
  const headers = new Headers(response.headers)
  headers.delete('content-length')
  headers.delete('content-encoding')
  const readable =
    isObject(body) && isList(body) ? JSON.stringify({ ...body, type: 'error', error: toError(body) }) : text
  return new Response(readable, { status, statusText, headers })
}

function isList({ error, errors }: JsonObject): boolean {
  return Array.isArray(error) || (error === undefined && Array.isArray(errors))
}

function toError(body: JsonObject): JsonObject {
  const [stated] = [...objectsOf(body['errors']), ...objectsOf(body['error'])]
  const type = isObject(body['gw']) ? stringOf(body['gw']['type']) : undefined
  return {
    message: extractErrorMessage(body) ?? 'The gateway states no reason.',
    type: type ?? 'gateway_error',
    code: numberOf(stated?.['code']) ?? null,
    status: type ?? 'GATEWAY_ERROR',
  }
}
