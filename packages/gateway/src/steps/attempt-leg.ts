import { readProviderError } from '@gw/adapters'
import { GatewayError } from '@gw/headers'
import type { Answer } from '../answer.ts'
import type { Deps } from '../deps.ts'
import { failureOfGateway, failureOfProvider, type Failure } from '../failure.ts'
import type { UpstreamLeg } from '../plan.ts'
import { buildUpstreamRequest } from './build-upstream-request.ts'
import { callUpstream } from './call-upstream.ts'
import { followAnswer } from './follow-answer.ts'
import { readAtMost } from './read-at-most.ts'
import { readChatAnswer } from './read-chat-answer.ts'
import { readNativeAnswer } from './read-native-answer.ts'
import { readTaskAnswer } from './read-task-answer.ts'
import type { ResolvedKey } from './resolve-keys.ts'

export interface Attempt {
  leg: UpstreamLeg
  secret: ResolvedKey
  deps: Deps
  callerSignal: AbortSignal
  /** Id of the request's row. */
  logId: string
  startedAt: number
  /** Another try is possible, so a stream is held back until its first real output. */
  canFallBack: boolean
}

export type AttemptOutcome = { ok: true; answer: Answer } | { ok: false; failure: Failure }

/** Calls a target once. Never throws for what a provider or the network does. */
export async function attemptLeg(attempt: Attempt): Promise<AttemptOutcome> {
  const { leg, secret, deps, callerSignal } = attempt
  try {
    const { request, warnings } = await buildUpstreamRequest(leg, secret, deps)
    const first = await callUpstream(request, {
      fetch: leg.provider.fetch ?? deps.fetch,
      timeoutMs: leg.options.requestTimeoutMs ?? deps.limits.firstByteMs,
      callerSignal,
      drainMs: deps.limits.drainMs,
    })
    const response = leg.kind === 'chat' && leg.api.follow ? await followAnswer(first, leg, attempt) : first
    // A redirect is not followed: it would take the secret along. But for native calls it is no answer either.
    const isFailure = response.status >= 400 || (leg.kind !== 'native' && response.status >= 300)
    if (isFailure) return { ok: false, failure: await readFailure(response, attempt) }
    const read = { response, warnings, attempt }
    if (leg.kind === 'chat') return await readChatAnswer({ ...read, leg })
    return leg.kind === 'task' ? await readTaskAnswer({ ...read, leg }) : await readNativeAnswer({ ...read, leg })
  } catch (error) {
    if (error instanceof GatewayError) return { ok: false, failure: failureOfGateway(error) }
    throw error
  }
}

/** More than any error text is worth; a provider's HTML page may be longer. */
const mostErrorBytes = 64 * 1024

async function readFailure(response: Response, attempt: Attempt): Promise<Failure> {
  const { provider } = attempt.leg
  const { status, headers } = response
  const text = await readAtMost(response, mostErrorBytes, attempt)
  const error = readProviderError({ status, headers, body: text })
  return failureOfProvider({ ...error, type: provider.classify?.(error) ?? error.type }, { status, headers, text })
}
