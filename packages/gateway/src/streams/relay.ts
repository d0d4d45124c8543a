import type { ProviderError } from '@gw/adapters'
import type { UpstreamLimits } from '../deps.ts'
import {
  createReading,
  cutOff,
  type Observer,
  type Reading,
  type ReadingOptions,
  type Relayed,
} from './create-reading.ts'

export interface Relay {
  /**
   * Reads until there is a first byte, or real output, and keeps what came. Resolves to the error when the upstream
   * failed before that, so that another target can be tried; the relay is used up then.
   */
  prime(options: PrimeOptions): Promise<ProviderError | undefined>
  /** Reads a short body to its end, so that its bill is known before it is answered; `undefined` where it is longer. */
  readShort(): Promise<Relayed | undefined>
  /** What the caller gets. Reads the upstream only as fast as the caller does. */
  body: ReadableStream<Uint8Array>
  /** Settles once, however the body ends. */
  done: Promise<Relayed>
  /** What `done` would say if the body broke off now. */
  soFar(): Relayed
  /**
   * Shows all of the body to somebody else too. What they take is in memory anyhow, so while they want more it is read as
   * fast as it comes. Resolves when it is read ahead no longer; `undefined` where some of it has passed already.
   */
  observe(take: Observer): Promise<void> | undefined
  /** As `observe`, for somebody who takes what passes and has nothing read ahead. False where some of it has passed. */
  listen(take: Observer): boolean
}

export interface PrimeOptions {
  until: 'byte' | 'output'
  /** Ms that the first byte may take; `undefined` waits without limit. */
  timeoutMs: number | undefined
}

export interface RelayOptions extends ReadingOptions {
  /** The caller left although the body may not have been cancelled. */
  callerSignal: AbortSignal
}

/** Passes an upstream body on through a tap, and reports exactly once how it ended. */
export function createRelay({ callerSignal, ...options }: RelayOptions): Relay {
  const reading = createReading(options)
  const { held, isOpen, isOver, step } = reading

  const leave = async (): Promise<void> => {
    if (!isOpen()) return
    reading.leave()
    await drain(reading, options.limits, options.now)
    reading.finish('client_gone')
  }
  callerSignal.addEventListener('abort', () => void leave(), { once: true })
  if (callerSignal.aborted) void leave()

  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    while (held.length === 0 && isOpen()) await step()
    if (!isOpen() && !isOver()) return
    // What is queued is lost with an error, so that comes with a read of its own.
    if (reading.breaksOff() && held.length === 0) return controller.error(new Error(cutOff.message))
    for (const bytes of held.splice(0)) controller.enqueue(bytes)
    if (isOver() && !reading.breaksOff()) controller.close()
  }

  return {
    body: new ReadableStream({ pull, cancel: leave }, { highWaterMark: 0 }),
    done: reading.done,
    soFar: reading.soFar,
    observe: (take) => (reading.audience.admit(take) ? readAhead(reading) : undefined),
    listen: (take) => reading.audience.hear(take),
    prime: (limits) => prime(reading, limits),
    readShort: async () => {
      while (isOpen() && reading.bytes() <= shortBytes) await step()
      return isOver() ? reading.done : undefined
    },
  }
}

async function readAhead({ isOpen, audience, step }: Reading): Promise<void> {
  while (isOpen() && audience.isThere()) await step()
}

/** What is held for a caller at most. */
const shortBytes = 256 * 1024

const tooLate: ProviderError = {
  type: 'timeout',
  status: 504,
  message: 'The provider sent headers, but no answer in time.',
  code: 'upstream_timeout',
}

async function prime(reading: Reading, { until, timeoutMs }: PrimeOptions): Promise<ProviderError | undefined> {
  const { tap, isOpen, isOver, step, cancel } = reading
  const limit = startLimit(timeoutMs, cancel)
  while (isOpen() && !tap.seen.hasOutput && !tap.seen.error) {
    await step()
    limit.clear()
    if (until === 'byte') break
  }
  if (limit.isOver()) return tooLate
  if (until === 'byte' || tap.seen.hasOutput || (!isOpen() && !tap.seen.error)) return undefined
  if (!isOver()) await cancel()
  return tap.seen.error ?? cutOff
}

function startLimit(timeoutMs: number | undefined, cancel: () => Promise<void>) {
  let isOver = false
  const giveUp = (): void => {
    isOver = true
    void cancel()
  }
  const timer = timeoutMs === undefined ? undefined : setTimeout(giveUp, timeoutMs)
  const clear = (): void => {
    if (timer !== undefined) clearTimeout(timer)
  }
  return { clear, isOver: () => isOver }
}

/** Reads on to the usage event for a caller who has left, within bounds; then lets go of the upstream. */
async function drain(
  { isOver, bytes, step, cancel }: Reading,
  limits: UpstreamLimits,
  now: () => number,
): Promise<void> {
  const until = now() + limits.drainMs
  const mostBytes = bytes() + limits.drainBytes
  const timer = setTimeout(() => void cancel(), limits.drainMs)
  while (limits.drainMs > 0 && !isOver() && bytes() < mostBytes && now() < until) await step()
  clearTimeout(timer)
  await cancel()
}
