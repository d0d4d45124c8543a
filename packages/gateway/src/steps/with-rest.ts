import { openaiChat, type ChatRequest } from '@gw/adapters'
import { isGatewayError } from '@gw/headers'
import type { Answer } from '../answer.ts'
import type { Deps } from '../deps.ts'
import { failureOfProvider } from '../failure.ts'
import type { AnswerCost } from '../money/cost-of-answer.ts'
import type { ChatLeg, Leg } from '../plan.ts'
import type { FailedLeg } from '../routing/itinerary.ts'
import { cutOff } from '../streams/create-reading.ts'
import type { PartialAnswer } from '../streams/create-partial-answer.ts'
import { continueAnswer, type BrokenOff, type Rest } from './continue-answer.ts'
import { orGatewayError } from './or-gateway-error.ts'
import { tryLeg, type Counted } from './try-leg.ts'

/** A stream that may break off, and whatever can go on with it then. */
export function withRest(answer: Answer, tries: Counted, deps: Deps): Answer {
  const { continuation, body } = answer
  if (!continuation || !(body instanceof ReadableStream)) return answer
  const { callerSignal } = tries
  return continueAnswer(answer, {
    continuation,
    body,
    callerSignal,
    goOn: async ({ callerSignal: signal, ...broken }) =>
      goOn({ answer, ...broken }, { ...tries, callerSignal: signal }, deps),
  })
}

interface Broken extends Pick<BrokenOff, 'relayed' | 'partial'> {
  answer: Answer
}

/** The next target that answers what is left to say; what has been said is settled first. */
async function goOn({ answer, relayed, partial }: Broken, tries: Counted, deps: Deps): Promise<Rest | undefined> {
  const { leg, keySource } = answer
  if (leg.kind === 'cached') return undefined
  const { money } = tries
  const before = tries.onBreak({ leg, keySource, relayed })
  try {
    let failed: FailedLeg = { leg, failure: failureOfProvider(relayed.seen.error ?? cutOff) }
    for (;;) {
      const next = await tries.itinerary.next(failed)
      const rest = next && restOfLeg(next.leg, partial, deps)
      if (!next || !rest) break
      const outcome = await tryLeg(rest, { ...tries, hasNextTarget: next.hasNext, probedAt: next.probedAt }, deps)
      if (outcome.ok) return toRest(outcome.answer, before)
      failed = outcome
    }
  } catch (error) {
    if (!isGatewayError(error)) deps.report(error, tries.purse.logId)
  }
  // The row ends with what was there.
  if (money.state() === 'reserved') money.drop({ mayCost: true })
  if (money.state() !== 'streaming') money.answer()
  return undefined
}

/** Words that every model understands; the two turns say what there is, and what is wanted. */
const pleaseGoOn =
  'Your answer above was cut off by a technical fault. Go on exactly where it ends, without repeating any of it and without a word about this.'

/**
 * The same request for a target that is to go on; `undefined` where it cannot be said to it, or where several choices are
 * asked for, of which one alone may have begun. @throws GatewayError where the request cannot be read
 */
function restOfLeg(leg: Leg, { text }: PartialAnswer, { now, createId }: Deps): ChatLeg | undefined {
  if (leg.kind !== 'chat') return undefined
  const asked = orGatewayError(leg.chat.request)
  if ((asked.n ?? 1) > 1 || isContinuedElsewhere(leg)) return undefined
  const request: ChatRequest = {
    ...asked,
    messages: [...asked.messages, { role: 'assistant', content: text }, { role: 'user', content: pleaseGoOn }],
    stream: true,
    stream_options: { include_usage: true },
  }
  const { body } = orGatewayError(() => openaiChat.formatRequest(request, { model: leg.model, now, createId }))
  const chat = {
    ...leg.chat,
    format: openaiChat,
    body,
    text: JSON.stringify(body),
    wantsCost: false,
    request: () => request,
  }
  return { ...leg, chat, onBreak: 'error' }
}

/** The provider keeps what was said before, and this request would go without it. */
const isContinuedElsewhere = ({ chat: { body, isExpanded } }: ChatLeg): boolean =>
  !isExpanded && (body['previous_response_id'] ?? body['conversation'] ?? null) !== null

/** A provider that answers with one document instead of a stream goes on all the same. */
function toRest(answer: Answer, before: AnswerCost): Rest | undefined {
  const { leg, body, done } = answer
  if (leg.kind === 'cached') return undefined
  if (body instanceof ReadableStream && done instanceof Promise)
    return { answer: { ...answer, leg, body, done }, before }
  const whole = new Response(body).body
  if (!whole || done instanceof Promise) return undefined
  return { answer: { ...answer, leg, body: whole, done: Promise.resolve(done), soFar: () => done }, before }
}
