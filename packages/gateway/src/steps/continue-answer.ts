import type { Answer, Continuation } from '../answer.ts'
import type { Leg } from '../plan.ts'
import { cutOff, type Observer, type Relayed } from '../streams/create-reading.ts'
import type { PartialAnswer } from '../streams/create-partial-answer.ts'
import { createTranscriber, type Transcriber, type TranscriberOptions } from '../streams/create-transcriber.ts'

/** An answer that goes on where another one broke off. */
export interface Rest {
  answer: Answer & { leg: Leg; body: ReadableStream<Uint8Array>; done: Promise<Relayed> }
  /** What the part before used and cost. */
  before: TranscriberOptions['before']
}

export interface Continuing {
  continuation: Continuation
  body: ReadableStream<Uint8Array>
  callerSignal: AbortSignal
  /** Settles what broke off, and has another target go on; `undefined` where none can. Never rejects. */
  goOn(broken: BrokenOff): Promise<Rest | undefined>
}

export interface BrokenOff {
  relayed: Relayed
  partial: PartialAnswer
  /** Aborted when the caller leaves, which they may do by letting go of the body alone. */
  callerSignal: AbortSignal
}

const text = new TextEncoder()

/** One answer out of one that may break off, and another that goes on from there. */
export function continueAnswer(first: Answer, continuing: Continuing): Answer {
  const { continuation, body, callerSignal, goOn } = continuing
  const whole = createWhole(first)
  let reader = body.getReader()
  let transcriber: Transcriber | undefined
  const left = new AbortController()
  let turning: Promise<unknown> | undefined
  const { pass, end, listen, passed } = createPassage()

  /** Reads on in the second part; what ends the stream where there is none. */
  const turn = async (relayed: Relayed): Promise<Uint8Array | undefined> => {
    const { partial, encoder, context, toCallerError } = continuation
    const begun = partial.read()
    const mayGoOn = begun.canGoOn && !left.signal.aborted
    if (mayGoOn) whole.hold(relayed)
    const rest = mayGoOn ? await goOn({ relayed, partial: begun, callerSignal: left.signal }) : undefined
    if (!rest) {
      whole.end({ ...relayed, isSettled: mayGoOn })
      return text.encode(encoder.error(toCallerError(relayed.seen.error ?? cutOff)))
    }
    transcriber = createTranscriber({ encoder, begun, before: rest.before, context, toCallerError })
    whole.follow(rest.answer, relayed)
    reader = rest.answer.body.getReader()
    return undefined
  }

  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    for (;;) {
      const next = await reader.read().catch(() => undefined)
      if (next && !next.done) {
        const bytes = transcriber ? transcriber.push(next.value) : next.value
        if (bytes) return pass(controller, bytes)
        continue
      }
      const relayed = await whole.part()
      const isGood = relayed.ending === 'complete' || relayed.ending === 'client_gone'
      const begun = transcriber || isGood ? undefined : turn(relayed)
      turning = begun
      const last = transcriber
        ? transcriber.end(isGood ? undefined : (relayed.seen.error ?? cutOff))
        : await (begun ?? new Uint8Array())
      if (!last) continue
      if (last.byteLength > 0) pass(controller, last)
      end()
      return controller.close()
    }
  }
  /** What another target was asked for meanwhile is on the bill too. */
  const leave = async (): Promise<void> => {
    left.abort()
    end()
    await turning?.catch(() => undefined)
    await reader.cancel().catch(() => undefined)
    whole.end(await whole.part())
  }
  callerSignal.addEventListener('abort', () => void leave(), { once: true })

  const { done, soFar } = whole
  const passedOn = new ReadableStream({ pull, cancel: leave }, { highWaterMark: 0 })
  return { ...first, body: passedOn, done, soFar, listen, passed }
}

/** How bytes get to the caller, and to somebody who listens. */
function createPassage() {
  let listener: Observer | undefined
  let end: () => void = () => undefined
  const passed = new Promise<void>((resolve) => (end = resolve))
  return {
    passed,
    end: () => end(),
    listen: (take: Observer): boolean => {
      listener = take
      return true
    },
    pass: (controller: ReadableStreamDefaultController<Uint8Array>, bytes: Uint8Array): void => {
      if (listener?.(bytes) === false) listener = undefined
      controller.enqueue(bytes)
    },
  }
}

/** The ending of the whole, which comes once: that of the part that was the last. */
function createWhole(first: Answer) {
  let part: Answer = first
  let by: Pick<Relayed, 'by' | 'firstOutputAt'> | undefined
  let held: Relayed | undefined
  let settle: (relayed: Relayed) => void
  const done = new Promise<Relayed>((resolve) => (settle = resolve))
  const ofWhole = (relayed: Relayed): Relayed => ({ ...relayed, ...by })
  const end = (relayed: Relayed): void => settle(ofWhole(relayed))
  const endIfGood = async (): Promise<void> => {
    const watched = part
    const relayed = await watched.done
    const isOver =
      watched === part && (by !== undefined || relayed.ending === 'complete' || relayed.ending === 'client_gone')
    if (isOver) end(relayed)
  }
  void endIfGood()
  return {
    done,
    end,
    part: async (): Promise<Relayed> => part.done,
    /** A part broke off, and is settled; nothing has followed it yet. */
    hold: (relayed: Relayed): void => {
      held = { ...relayed, isSettled: true }
    },
    follow: (next: Rest['answer'], { firstOutputAt }: Relayed): void => {
      part = next
      held = undefined
      by = { by: { leg: next.leg, keySource: next.keySource }, firstOutputAt }
      void endIfGood()
    },
    soFar: (): Relayed => {
      const now = held ?? part.soFar?.()
      if (!now) throw new Error('A stream says how it stands.')
      return ofWhole(now)
    },
  }
}
