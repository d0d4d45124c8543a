import { createSseDecoder, isObject, parseObject } from '@gw/adapters'
import type { Answer } from '../answer.ts'
import type { EndedAnswer } from '../open-journal.ts'
import type { Plan } from '../plan.ts'
import { isErrorBody } from '../steps/is-error-body.ts'
import type { Purse } from '../steps/purse.ts'
import type { CacheScope } from './create-cache-key.ts'
import { createRecording, type Recording, type RecordingRoom } from './create-recording.ts'
import { leaseMs } from './create-turns.ts'
import { formatKeptAnswer } from './format-kept-answer.ts'
import type { KeptAnswer } from './kept-answer.ts'
import { keptHeaders } from './kept-headers.ts'
import type { CacheSlot } from './open-cache-slot.ts'
import type { CachePlace } from './take-turn.ts'

export interface LeadOptions {
  ttlMs: number
  room: RecordingRoom
  purse: Purse
  plan: Pick<Plan, 'stream'>
  scope: Pick<CacheScope, 'userId'>
  /** Hears that the answer is kept. */
  onKept: (() => Promise<void>) | undefined
  report(error: unknown, logId: string): void
}

/** The request that gets the answer for all who wait: it records what passes, and keeps it or lets the next one go. */
export function createLead({ answers, key, turn }: CachePlace, options: LeadOptions): Pick<CacheSlot, 'fill' | 'keep'> {
  const { ttlMs, room, plan, onKept } = options
  const { background } = options.purse
  let taken: { answer: Answer; recording: Recording } | undefined

  const quietly = (work: Promise<unknown>): void =>
    background(work.catch((error: unknown) => options.report(error, turn)))
  const renewal = setInterval(() => background(answers.renew(key, turn).catch(() => undefined)), leaseMs / 3)
  const leave = (): void => {
    clearInterval(renewal)
    taken?.recording.drop()
    taken = undefined
    quietly(answers.leave(key, turn))
  }
  const take = (answer: Answer): void => {
    if (!isKeepable(answer, options)) return leave()
    const recording = createRecording(room, leave)
    taken = { answer, recording }
    if (!(answer.body instanceof ReadableStream)) return
    const ahead = answer.observe?.(recording.take)
    if (ahead) background(ahead)
    else leave()
  }

  return {
    fill: async (outcome) => {
      try {
        const settled = await outcome
        if (settled.ok) take(settled.answer)
        else leave()
        return settled
      } catch (error) {
        leave()
        throw error
      }
    },
    keep: (ended) => {
      if (!taken) return
      const { answer, recording } = taken
      if (typeof answer.body === 'string') recording.take(new TextEncoder().encode(answer.body))
      const body = recording.read()
      if (!body || !isGood(answer, ended, body)) return leave()
      clearInterval(renewal)
      recording.drop()
      taken = undefined
      const value = formatKeptAnswer({ ...toKept(answer, ended), stream: plan.stream, body })
      quietly(answers.keep(key, { turn, value, ttlMs }).then((isKept) => (isKept ? onKept?.() : undefined)))
    },
  }
}

function toKept(
  { leg, status, headers, warnings }: Answer,
  { relayed, settled, durationMs }: EndedAnswer,
): Omit<KeptAnswer, 'stream' | 'body'> {
  return {
    status,
    headers: keptHeaders(headers),
    provider: leg.provider.id,
    model: leg.model ?? null,
    answeredModel: relayed.seen.model ?? null,
    step: leg.step,
    warnings,
    costNanoUsd: settled.cost_nano_usd,
    durationMs,
  }
}

/** All of it was read, of one target alone, and it is no error. */
function isGood(answer: Answer, { relayed }: EndedAnswer, body: Uint8Array): boolean {
  const isWhole = typeof answer.body === 'string' || relayed.isWhole === true
  return isWhole && !relayed.by && !relayed.seen.error && !saysError(answer, body)
}

/** Statuses with a body that is all of the answer. */
const whole: ReadonlySet<number> = new Set([200, 201, 203])

/**
 * What a fallback to free models answered is not what was asked for; what a user's own key paid for is not for others.
 */
function isKeepable({ status, body, keySource, leg }: Answer, { scope }: LeadOptions): boolean {
  if (!whole.has(status) || body === null || leg.kind === 'local') return false
  return keySource !== 'free' && (keySource !== 'user' || scope.userId !== null)
}

/** Some providers say with a good status that they failed, and some bodies break off without a word. */
function saysError({ headers }: Answer, body: Uint8Array): boolean {
  const type = headers.get('content-type') ?? ''
  if (/^application\/(?:[\w.-]+\+)?json\b/.test(type)) return isBadJson(new TextDecoder().decode(body))
  return type.startsWith('text/event-stream') && hasErrorEvent(body)
}

/** Google's streams are lists unless they are asked for as events. */
function isBadJson(text: string): boolean {
  try {
    const said: unknown = JSON.parse(text)
    return (Array.isArray(said) ? said : [said]).some((one) => isObject(one) && isErrorBody(one))
  } catch {
    return true
  }
}

/** Streams of tasks have no dialect that would have looked for one. */
function hasErrorEvent(body: Uint8Array): boolean {
  const events = createSseDecoder()
  const isError = (data: string): boolean => data.includes('"error"') && isErrorBody(parseObject(data) ?? {})
  return [...events.push(body), ...events.end()].some(({ event, data }) => event === 'error' || isError(data))
}
