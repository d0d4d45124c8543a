import { isObject, parseObject, type JsonObject } from '@gw/adapters'
import { errorCodes } from '@gw/headers'
import type { Deps } from '../../deps.ts'
import { readAtMost } from '../../steps/read-at-most.ts'
import type { RunForm } from './read-run-call.ts'

/**
 * A JSON answer as the callers of `run` want it: the binding the bare result, the REST API the envelope around it, and
 * both of them errors with `errors`. The content type is exactly `application/json`: the runtime's binding parses no
 * other. Streams and files pass.
 */
export async function wrapRunAnswer(answer: Response, style: RunForm['style'], deps: Deps): Promise<Response> {
  if (!/^application\/json\b/.test(answer.headers.get('content-type') ?? '')) return answer
  const text = await readAtMost(answer, deps.limits.answerBytes)
  const body = parseObject(text)
  const headers = new Headers(answer.headers)
  headers.set('content-type', 'application/json')
  const written =
    body === undefined ? text : JSON.stringify(answer.ok ? inStyle(body, style) : withErrors(body, answer))
  return new Response(written, { status: answer.status, headers })
}

function inStyle(body: JsonObject, style: RunForm['style']): unknown {
  const isWrapped = 'success' in body && 'result' in body
  if (style === 'binding') return isWrapped ? body['result'] : body
  return isWrapped ? body : { result: body, success: true, errors: [], messages: [] }
}

/** A provider's own error gets the list that Cloudflare's clients read. */
function withErrors(body: JsonObject, { status }: Response): JsonObject {
  if (Array.isArray(body['errors'])) return body
  const { error } = body
  const { message = error, gw } = isObject(error) ? error : {}
  const code = isObject(gw) ? cloudflareCodeOf(gw['code']) : undefined
  return {
    ...body,
    success: false,
    errors: [{ code: code ?? status, message: typeof message === 'string' ? message : 'The provider failed.' }],
  }
}

function cloudflareCodeOf(code: unknown): number | undefined {
  return Object.entries(errorCodes).find(([known]) => known === code)?.[1].cloudflareCode
}
