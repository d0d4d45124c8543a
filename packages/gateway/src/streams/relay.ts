import type { ProviderError } from '@gw/adapters'
import type { UpstreamLimits } from '../deps.ts'
import type { Ending } from '../logs/log-record.ts'
import type { Seen, Tap } from './tap.ts'

/** How a relayed body ended, and what was seen of it. */
export interface Relayed {
  ending: Exclude<Ending, 'rejected'>
  seen: Readonly<Seen>
  /** When the first output passed, ms since the epoch. */
  firstOutputAt: number | undefined
}

export interface Relay {
  /**
   * Reads until there is a first byte, or real output, and keeps what came. Resolves to the error when the upstream
   * failed before that, so that another target can be tried; the relay is used up then.
   */
  prime(options: PrimeOptions): Promise<ProviderError | undefined>
  /** What the caller gets. Reads the upstream only as fast as the caller does. */
  body: ReadableStream<Uint8Array>
  /** Settles once, however the body ends. */
  done: Promise<Relayed>
}

export interface PrimeOptions {
  until: 'byte' | 'output'
  /** Ms that the first byte may take; `undefined` waits without limit. */
  timeoutMs: number | undefined
}

export interface RelayOptions {
  upstream: ReadableStream<Uint8Array>
  tap: Tap
  limits: UpstreamLimits
  now(): number
  /** The caller left although the body may not have been cancelled. */
  callerSignal: AbortSignal
}

const cutOff: ProviderError = {
  type: 'upstream_error',
  status: 502,
  message: 'The provider closed the stream before its end.',
  code: 'upstream_truncated',
}

interface Life {
  /** The body has ended, for whatever reason. */
  isOver: boolean
  /** The caller is gone; what is read is for the bill alone. */
  hasLeft: boolean
  /** Read so far. */
  bytes: number
}

const tooLate: ProviderError = {
  type: 'timeout',
  status: 504,
  message: 'The provider sent headers, but no answer in time.',
  code: 'upstream_timeout',
}

function startLimit(timeoutMs: number | undefined, cancel: () => Promise<void>) {
  let isOver = false
  const giveUp = (): void => {
    isOver = true
    void cancel()
  }
  const timer = timeoutMs === undefined ? undefined : setTimeout(giveUp, timeoutMs)
  return { clear: () => clearTimeout(timer), isOver: () => isOver }
}

/** Passes an upstream body on through a tap, and reports exactly once how it ended. */
export function createRelay({ upstream, tap, limits, now, callerSignal }: RelayOptions): Relay {
  const reader = upstream.getReader()
  const held: Uint8Array[] = []
  let firstOutputAt: number | undefined
  const life: Life = { isOver: false, hasLeft: false, bytes: 0 }
  /** The read under way: workerd's own streams take one at a time. */
  let stepping: Promise<unknown> = Promise.resolve()
  let settle: (relayed: Relayed) => void
  const done = new Promise<Relayed>((resolve) => (settle = resolve))

  const isOpen = (): boolean => !life.isOver && !life.hasLeft

  const finish = (ending: Relayed['ending']): undefined => {
    life.isOver = true
    settle({ ending: life.hasLeft ? 'client_gone' : ending, seen: tap.seen, firstOutputAt })
  }

  /** One read of the upstream, into `held`. */
  const read = async (): Promise<void> => {
    const next = await reader.read().catch(() => 'broken' as const)
    if (next === 'broken') return breakOff()
    if (next.done) return closeAfterEnd()
    life.bytes += next.value.byteLength
    hold(tap.push(next.value))
    if (tap.seen.hasOutput) firstOutputAt ??= now()
  }
  const step = (): Promise<unknown> => (stepping = read())

  const hold = (written: Uint8Array | undefined): void => {
    if (written && !life.hasLeft) held.push(written)
  }

  /** After the caller has left, it may be us who broke off. */
  const breakOff = (): void => {
    if (!life.hasLeft) hold(tap.fail(cutOff))
    finish('truncated')
  }

  const closeAfterEnd = (): void => {
    hold(tap.end())
    if (tap.seen.hasOutput) firstOutputAt ??= now()
    if (tap.seen.error) return finish('upstream_error')
    return tap.seen.isFinished ? finish('complete') : breakOff()
  }

  const cancel = (): Promise<void> => reader.cancel().catch(() => undefined)

  const leave = async (): Promise<void> => {
    if (!isOpen()) return
    life.hasLeft = true
    held.length = 0
    await drain({ life, stepping, step, cancel, limits, now })
    if (!life.isOver) finish('client_gone')
  }
  callerSignal.addEventListener('abort', () => void leave(), { once: true })

  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    while (held.length === 0 && isOpen()) await step()
    if (life.hasLeft) return
    for (const bytes of held.splice(0)) controller.enqueue(bytes)
    if (life.isOver) controller.close()
  }

  return {
    body: new ReadableStream({ pull, cancel: leave }, { highWaterMark: 0 }),
    done,
    prime: (options) => prime({ life, isOpen, step, cancel, tap }, options),
  }
}

interface Reading {
  life: Readonly<Life>
  tap: Tap
  isOpen(): boolean
  step(): Promise<unknown>
  cancel(): Promise<void>
}

async function prime(reading: Reading, { until, timeoutMs }: PrimeOptions): Promise<ProviderError | undefined> {
  const { life, tap, isOpen, step, cancel } = reading
  const limit = startLimit(timeoutMs, cancel)
  while (isOpen() && !tap.seen.hasOutput && !tap.seen.error) {
    await step()
    limit.clear()
    if (until === 'byte') break
  }
  if (limit.isOver()) return tooLate
  if (until === 'byte' || tap.seen.hasOutput || (!isOpen() && !tap.seen.error)) return undefined
  if (!life.isOver) await cancel()
  return tap.seen.error ?? cutOff
}

interface Drain extends Pick<RelayOptions, 'limits' | 'now'> {
  life: Readonly<Life>
  /** The read under way. */
  stepping: Promise<unknown>
  step(): Promise<unknown>
  cancel(): Promise<void>
}

/** Reads on to the usage event for a caller who has left, within bounds; then lets go of the upstream. */
async function drain({ life, stepping, step, cancel, limits, now }: Drain): Promise<void> {
  const until = now() + limits.drainMs
  const mostBytes = life.bytes + limits.drainBytes
  const timer = setTimeout(() => void cancel(), limits.drainMs)
  await stepping
  while (!life.isOver && life.bytes < mostBytes && now() < until) await step()
  clearTimeout(timer)
  await cancel()
}
