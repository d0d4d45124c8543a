import { idOf, type ErrorType } from '@gw/router'
import type { DayRequest } from '../day/create-requests.ts'
import { draw } from '../draw.ts'
import { drawSpread } from '../draw-spread.ts'
import { factsAt } from './facts-at.ts'
import type { Target } from './target.ts'

/** How a call ended. */
export type Called =
  | { ok: true; durationMs: number; ttftMs: number; usd: number }
  | { ok: false; durationMs: number; type: ErrorType; retryAfterMs?: number }

export interface Call {
  target: Target
  request: DayRequest
  /** Milliseconds since midnight. */
  at: number
  /** 1 for the first at this target. */
  attempt: number
}

const minuteMs = 60_000
/** The gateway gives up on a provider that is silent for so long. */
const timeoutMs = 20_000

/** The providers for one policy: they count its calls, and refuse what is too much. Calls come in the order of their time. */
export function createWorld(): (call: Call) => Called {
  const calls = new Map<string, number>()
  return (call) => {
    const { target, request, at, attempt } = call
    const id = idOf(target)
    const minute = Math.floor(at / minuteMs)
    const inMinute = (calls.get(`${id} ${minute}`) ?? 0) + 1
    calls.set(`${id} ${minute}`, inMinute)

    const facts = factsAt(target, at)
    if (inMinute > (facts.limit ?? Infinity)) {
      const retryAfterMs = (minute + 1) * minuteMs - at
      return { ok: false, durationMs: 80, type: 'rate_limit', ...(target.saysWhen && { retryAfterMs }) }
    }
    return (
      refusal(target, request) ??
      failure(call, facts.failing) ??
      answer(facts, request, `${request.id}/${id}/${attempt}`)
    )
  }
}

/** What fails at this target however often it is tried. */
function refusal(target: Target, request: DayRequest): Called | undefined {
  if (!request.needs.every((need) => target.capabilities.includes(need))) {
    return { ok: false, durationMs: 100, type: 'invalid_request' }
  }
  if (request.inputTokens + request.outputTokens > target.contextWindow) {
    return { ok: false, durationMs: 120, type: 'context_length' }
  }
  const isFiltered = draw(`${request.id}/${target.provider}/filter`) < 0.003
  return isFiltered ? { ok: false, durationMs: 600, type: 'content_filter' } : undefined
}

function failure({ target, request, attempt }: Call, failing: number): Called | undefined {
  const name = `${request.id}/${idOf(target)}/${attempt}`
  if (draw(`${name}/fails`) >= failing) return undefined
  const isSilent = draw(`${name}/silent`) < 0.15
  return isSilent
    ? { ok: false, durationMs: timeoutMs, type: 'timeout' }
    : { ok: false, durationMs: Math.ceil(700 * drawSpread(`${name}/error`, 0.5)), type: 'upstream_error' }
}

function answer(facts: Omit<Target, 'events'>, { inputTokens, outputTokens }: DayRequest, name: string): Called {
  const reading = 1 + inputTokens / 20_000
  const ttftMs = facts.ttftMs * reading * drawSpread(`${name}/ttft`, 0.35)
  const writingMs = (outputTokens / (facts.tokensPerSecond * drawSpread(`${name}/rate`, 0.2))) * 1000
  const usd = (inputTokens * facts.input + outputTokens * facts.output) / 1e6
  return { ok: true, durationMs: Math.ceil(ttftMs + writingMs), ttftMs: Math.ceil(ttftMs), usd }
}
