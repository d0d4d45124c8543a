import { openaiChat, type ChatRequest, type Usage } from '@gw/adapters'
import type { Answer } from '../answer.ts'
import type { Deps } from '../deps.ts'
import { failureOfProvider } from '../failure.ts'
import type { ChatLeg, Leg } from '../plan.ts'
import type { FailedLeg } from '../routing/itinerary.ts'
import { cutOff, type Relayed } from '../streams/create-reading.ts'
import type { PartialAnswer } from '../streams/create-partial-answer.ts'
import { continueAnswer, type Rest } from './continue-answer.ts'
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
    goOn: (relayed, partial) => goOn({ answer, relayed, partial }, tries, deps),
  })
}

interface BrokenOff {
  answer: Answer
  relayed: Relayed
  partial: PartialAnswer
}

/** The next target that answers what is left to say; what has been said is settled first. */
async function goOn({ answer, relayed, partial }: BrokenOff, tries: Counted, deps: Deps): Promise<Rest | undefined> {
  const { leg, keySource } = answer
  if (leg.kind === 'cached') return undefined
  const { usage } = tries.onBreak({ leg, keySource, relayed })
  let failed: FailedLeg = { leg, failure: failureOfProvider(relayed.seen.error ?? cutOff) }
  for (;;) {
    const next = await tries.itinerary.next(failed).catch(() => undefined)
    const rest = next && restOfLeg(next.leg, partial, deps)
    if (!next || !rest) break
    const outcome = await tryLeg(rest, { ...tries, hasNextTarget: next.hasNext, probedAt: next.probedAt }, deps)
    if (outcome.ok) return toRest(outcome.answer, usage)
    failed = outcome
  }
  // The row ends with what was there.
  tries.money.answer()
  return undefined
}

/** Words that every model understands; the two turns say what there is, and what is wanted. */
const pleaseGoOn =
  'Your answer above was cut off by a technical fault. Go on exactly where it ends, without repeating any of it and without a word about this.'

/** The same request for a target that is to go on; `undefined` where it cannot be said to it. */
function restOfLeg(leg: Leg, { text }: PartialAnswer, { now, createId }: Deps): ChatLeg | undefined {
  if (leg.kind !== 'chat') return undefined
  const asked = leg.chat.request()
  const request: ChatRequest = {
    ...asked,
    messages: [...asked.messages, { role: 'assistant', content: text }, { role: 'user', content: pleaseGoOn }],
    stream: true,
    stream_options: { include_usage: true },
  }
  const { body } = openaiChat.formatRequest(request, { model: leg.model, now, createId })
  const chat = {
    ...leg.chat,
    format: openaiChat,
    body,
    text: JSON.stringify(body),
    wantsCost: false,
    request: () => request,
  }
  return { ...leg, chat, onBreak: 'error', price: undefined }
}

function toRest(answer: Answer, usage: Usage): Rest | undefined {
  const { leg, body, done } = answer
  if (leg.kind === 'cached' || !(body instanceof ReadableStream) || !(done instanceof Promise)) return undefined
  const { input = 0, cache_read = 0, cache_write_5m = 0, cache_write_1h = 0, output = 0, reasoning = 0 } = usage
  const prompt_tokens = input + cache_read + cache_write_5m + cache_write_1h
  return { answer: { ...answer, leg, body, done }, usage: { prompt_tokens, completion_tokens: output + reasoning } }
}
