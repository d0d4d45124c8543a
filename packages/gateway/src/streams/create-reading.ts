import type { ProviderError } from '@gw/adapters'
import type { KeySource } from '@gw/keys'
import type { UpstreamLimits } from '../deps.ts'
import type { Ending } from '../logs/log-record.ts'
import type { Leg } from '../plan.ts'
import type { Seen, Tap } from './tap.ts'
import { watchIdle } from './watch-idle.ts'

/** Takes what passes, and says whether it wants more. */
export type Observer = (bytes: Uint8Array) => boolean

/** Who looks at a body beside its caller, as long as they want to. */
export interface Audience {
  /** Lets somebody see all that the caller gets, and what it leaves behind. False where that comes too late. */
  admit(take: Observer): boolean
  /** As `admit`, for somebody who takes what comes when it comes. */
  hear(take: Observer): boolean
  /** Somebody looks on, and wants more. */
  isThere(): boolean
  /** @returns what was shown */
  show(bytes: Uint8Array): Uint8Array
}

/** How an upstream body ended, and what was seen of it. */
export interface Relayed {
  ending: Exclude<Ending, 'rejected'>
  seen: Readonly<Seen>
  /** When the first output passed, ms since the epoch. */
  firstOutputAt: number | undefined
  /** The body was read to a good end, whether or not the caller was still there. */
  isWhole?: boolean
  /** Who answered the last part, where a stream was gone on with elsewhere. */
  by?: { leg: Leg; keySource: KeySource }
  /** What it cost is counted already. */
  isSettled?: boolean
}

export interface ReadingOptions {
  upstream: ReadableStream<Uint8Array>
  tap: Tap
  limits: UpstreamLimits
  now(): number
  /** Hears of a tap that failed, which is our own fault. */
  report(error: unknown): void
}

/** An upstream body that is read step by step, through a tap. */
export interface Reading {
  tap: Tap
  /** What the caller has not got yet. */
  held: Uint8Array[]
  /** Neither has the body ended nor the caller left. */
  isOpen(): boolean
  isOver(): boolean
  /** The body ended before its end, and `held` does not say so. */
  breaksOff(): boolean
  /** Read so far. */
  bytes(): number
  /** One read, into `held`. Reads come one after the other: workerd's own streams take no two at a time. */
  step(): Promise<void>
  /** The caller is gone; what is read from here on is for the bill alone. */
  leave(): void
  /** Lets go of the upstream. */
  cancel(): Promise<void>
  /** Ends the reading where the body itself has not. */
  finish(ending: Relayed['ending']): void
  /** Settles once. */
  done: Promise<Relayed>
  /** What `done` would say if the body broke off now. */
  soFar(): Relayed
  audience: Audience
}

/** What the caller is told of a body that breaks off. */
export const cutOff: ProviderError = {
  type: 'upstream_error',
  status: 502,
  message: 'The provider closed the stream before its end.',
  code: 'upstream_truncated',
}

/** Reads an upstream body, and reports exactly once how it ended. */
export function createReading({ upstream, tap, limits, now, report }: ReadingOptions): Reading {
  const body = openBody({ upstream, limits, now })
  const held: Uint8Array[] = []
  let firstOutputAt: number | undefined
  let breaksOff = false
  const soFar = (ending: Relayed['ending']): Relayed => ({ ending, seen: tap.seen, firstOutputAt })
  const life = createLife(soFar)
  const audience = createAudience(held, () => life.hasLeft() || breaksOff)

  const finish = (ending: Relayed['ending']): void => {
    body.stop()
    life.end(ending)
  }

  /** A tap that fails ends the stream: half an event is worse than an error. */
  const pass = (write: () => Uint8Array | undefined): void => {
    try {
      const written = write()
      if (written) audience.show(written)
      if (written && !life.hasLeft()) held.push(written)
    } catch (error) {
      report(error)
      void body.cancel()
      breakOff()
    }
    if (tap.seen.hasOutput) firstOutputAt ??= now()
  }

  /** After the caller has left, it may be us who broke off. */
  const breakOff = (): void => {
    const last = life.hasLeft() ? undefined : tap.fail(cutOff)
    breaksOff = last === undefined
    if (last) held.push(audience.show(last))
    finish('truncated')
  }

  const close = (): void => {
    pass(() => tap.end(body.isCut() ? 'cut' : 'closed'))
    if (tap.seen.error) return finish('upstream_error')
    return tap.seen.isFinished ? finish('complete') : breakOff()
  }

  const read = async (): Promise<void> => {
    const next = await body.read()
    if (next === 'broken') return breakOff()
    if (next.done) return close()
    pass(() => tap.push(next.value))
    if (!tap.isClosed?.()) return
    finish('complete')
    void body.letClose()
  }

  return {
    tap,
    held,
    isOpen: () => !life.isOver() && !life.hasLeft(),
    isOver: life.isOver,
    breaksOff: () => breaksOff,
    bytes: body.bytes,
    step: oneAtATime(read, life.isOver),
    leave: () => life.leave(tap.seen.isFinished && held.length === 0),
    cancel: body.cancel,
    finish,
    done: life.done,
    soFar: () => soFar('truncated'),
    audience,
  }
}

/** Whoever asks while work is under way waits for that. */
function oneAtATime(work: () => Promise<void>, isOver: () => boolean): () => Promise<void> {
  let underWay: Promise<void> | undefined
  return async () => {
    if (isOver()) return
    underWay ??= work().finally(() => (underWay = undefined))
    await underWay
  }
}

/** `before` is what nobody has got yet. */
function createAudience(before: readonly Uint8Array[], isTooLate: () => boolean): Audience {
  let observer: Observer | undefined
  let listener: Observer | undefined
  return {
    admit: (take) => {
      if (isTooLate() || !before.every(take)) return false
      observer = take
      return true
    },
    hear: (take) => {
      if (isTooLate() || !before.every(take)) return false
      listener = take
      return true
    },
    isThere: () => observer !== undefined,
    show: (bytes) => {
      if (observer?.(bytes) === false) observer = undefined
      if (listener?.(bytes) === false) listener = undefined
      return bytes
    },
  }
}

/** How long an upstream may take to close its body after its last event, ms. */
const closeMs = 1000

/** A body that is let go of when it falls silent. */
function openBody({ upstream, limits, now }: Pick<ReadingOptions, 'upstream' | 'limits' | 'now'>) {
  const reader = upstream.getReader()
  let bytes = 0
  let isCut = false
  const cancel = (): Promise<void> => {
    isCut = true
    return reader.cancel().catch(() => undefined)
  }
  const idle = watchIdle(limits.idleMs, now, () => void cancel())
  return {
    bytes: () => bytes,
    cancel,
    /** It was us who ended it. */
    isCut: () => isCut,
    stop: idle.stop,
    read: async () => {
      idle.begin()
      const next = await reader.read().catch(() => 'broken' as const)
      idle.end()
      if (next !== 'broken' && next.value) bytes += next.value.byteLength
      return next
    },
    /** A connection whose body is read to its end can serve the next request. */
    letClose: async (): Promise<void> => {
      const timer = setTimeout(() => void cancel(), closeMs)
      const last = await reader.read().catch(() => undefined)
      clearTimeout(timer)
      if (!last?.done) await cancel()
    },
  }
}

/** From the first read to the one ending that counts. */
function createLife(describe: (ending: Relayed['ending']) => Relayed) {
  let isOver = false
  /** Set once the caller has left. */
  let leftEnding: Relayed['ending'] | undefined
  let settle: (relayed: Relayed) => void
  const done = new Promise<Relayed>((resolve) => (settle = resolve))
  return {
    done,
    isOver: () => isOver,
    hasLeft: () => leftEnding !== undefined,
    /** Clients stop at the terminal event, and need not wait for the end of the body. */
    leave: (hadAll: boolean): void => {
      leftEnding ??= hadAll ? 'complete' : 'client_gone'
    },
    end: (ending: Relayed['ending']): void => {
      if (isOver) return
      isOver = true
      const described = describe(leftEnding ?? ending)
      settle(ending === 'complete' ? { ...described, isWhole: true } : described)
    },
  }
}
