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

/**
 * The real answer of a provider that first says where it will be: asks there until it is whole, or a stream of it begins,
 * within the time that the request has.
 * @throws GatewayError `upstream_timeout`, `upstream_unreachable`, `upstream_error`, `client_closed`
 */
export async function followAnswer(first: Response, leg: ChatLeg, attempt: Attempt): Promise<Response> {
  const { deps, startedAt, callerSignal } = attempt
  const { api, model, chat } = leg
  const timeoutMs = leg.options.requestTimeoutMs ?? deps.limits.firstByteMs
  let response = first
  for (let pauseMs = 0; isJson(response); pauseMs = Math.min(mostPauseMs, Math.max(firstPauseMs, pauseMs * 2))) {
    const { status, headers } = response
    const text = await readAtMost(response, deps.limits.answerBytes)
    const body = parseObject(text)
    const next = body && api.follow?.(body, { model, stream: chat.stream })
    if (next === undefined) {
      return new Response(body && api.repair ? JSON.stringify(api.repair(body)) : text, { status, headers })
    }
    if (pauseMs > 0) await deps.sleep(pauseMs)
    const leftMs = startedAt + timeoutMs - deps.now()
    if (leftMs <= 0) {
      throw new GatewayError('upstream_timeout', `The provider was not done within ${timeoutMs} ms.`)
    }
    const request = await buildFollowUp(next, leg, attempt)
    response = await callUpstream(request, { fetch: deps.fetch, timeoutMs: leftMs, callerSignal })
  }
  return response
}

function isJson({ ok, headers }: Response): boolean {
  return ok && /^application\/json\b/.test(headers.get('content-type') ?? '')
}
