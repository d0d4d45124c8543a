import { parseObject } from '@gw/adapters'
import { GatewayError } from '@gw/headers'
import type { ChatLeg } from '../plan.ts'
import type { Attempt } from './attempt-leg.ts'
import { buildFollowUp } from './build-follow-up.ts'
import { callUpstream } from './call-upstream.ts'
import { readAtMost } from './read-at-most.ts'

/** The pause before asking again; it doubles each time, up to the most, ms. */
const firstPauseMs = 250
const mostPauseMs = 2000

/** What a provider answers to a question that it may answer later. */
const passing: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504])

/**
 * The real answer of a provider that first says where it will be: asks there until it is whole, or a stream of it begins,
 * within the time that the request has. The work has begun with the first answer, so what goes wrong from there on is no
 * reason to have it done, and paid, again.
 * @throws GatewayError `upstream_timeout`, `upstream_error`, `client_closed`
 */
export async function followAnswer(first: Response, leg: ChatLeg, attempt: Attempt): Promise<Response> {
  const { api, model, chat } = leg
  let place: string | undefined
  let response = first
  for (let pauseMs = 0; ; pauseMs = Math.min(mostPauseMs, Math.max(firstPauseMs, pauseMs * 2))) {
    if (isJson(response)) {
      const { status, headers } = response
      const text = await readAtMost(response, attempt.deps.limits.answerBytes, attempt)
      const body = parseObject(text)
      place = body && api.follow?.(body, { model, stream: chat.stream })
      if (place === undefined) {
        return new Response(body && api.repair ? JSON.stringify(api.repair(body)) : text, { status, headers })
      }
    } else if (place === undefined || !passing.has(response.status)) return response
    if (pauseMs > 0) await attempt.deps.sleep(pauseMs)
    response = await ask(place, leg, attempt)
  }
}

/** One more look. A network that fails is as good as an answer that it failed. */
async function ask(place: string, leg: ChatLeg, attempt: Attempt): Promise<Response> {
  const { deps, startedAt, callerSignal } = attempt
  const timeoutMs = leg.options.requestTimeoutMs ?? deps.limits.firstByteMs
  const leftMs = startedAt + timeoutMs - deps.now()
  if (leftMs <= 0) throw begun('upstream_timeout', `The provider was not done within ${timeoutMs} ms.`)
  const request = await buildFollowUp(place, leg, attempt)
  try {
    return await callUpstream(request, {
      fetch: deps.fetch,
      timeoutMs: leftMs,
      callerSignal,
      drainMs: deps.limits.drainMs,
    })
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    if (error.code === 'upstream_unreachable') return new Response(null, { status: 503 })
    throw begun(error.code, error.message, error)
  }
}

function begun(code: GatewayError['code'], message: string, cause?: unknown): GatewayError {
  return new GatewayError(code, message, { cause, detail: { may_cost: true, can_retry: false } })
}

function isJson({ ok, headers }: Response): boolean {
  return ok && /^application\/json\b/.test(headers.get('content-type') ?? '')
}
