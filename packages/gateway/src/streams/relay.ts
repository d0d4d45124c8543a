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
   * Reads until there is real output, and keeps what came before it. Resolves to the error when the upstream failed
   * before that, so that another target can be tried; the relay is used up then.
   */
  prime(): Promise<ProviderError | undefined>
  /** What the caller gets. Reads the upstream only as fast as the caller does. */
  body: ReadableStream<Uint8Array>
  /** Settles once, however the body ends. */
  done: Promise<Relayed>
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

/** Passes an upstream body on through a tap, and reports exactly once how it ended. */
export function createRelay({ upstream, tap, limits, now, callerSignal }: RelayOptions): Relay {
  const reader = upstream.getReader()
  const held: Uint8Array[] = []
  let firstOutputAt: number | undefined
  const life = { isOver: false }
  let settle: (relayed: Relayed) => void
  const done = new Promise<Relayed>((resolve) => (settle = resolve))

  const finish = (ending: Relayed['ending']): void => {
    life.isOver = true
    settle({ ending, seen: tap.seen, firstOutputAt })
  }

  /** One read of the upstream. `undefined` once it is over. */
  const step = async (): Promise<Uint8Array | undefined | 'more'> => {
    const read = await reader.read().catch(() => 'broken' as const)
    if (read === 'broken') return closeWith(tap.fail(cutOff), 'truncated')
    if (read.done) return closeAfterEnd()
    const written = tap.push(read.value)
    if (tap.seen.hasOutput) firstOutputAt ??= now()
    return written ?? 'more'
  }

  const closeWith = (last: Uint8Array | undefined, ending: Relayed['ending']): undefined => {
    if (last) held.push(last)
    finish(ending)
    return undefined
  }

  const closeAfterEnd = (): undefined => {
    const last = tap.end()
    if (last) held.push(last)
    if (tap.seen.hasOutput) firstOutputAt ??= now()
    if (tap.seen.error) return closeWith(undefined, 'upstream_error')
    return tap.seen.isFinished ? closeWith(undefined, 'complete') : closeWith(tap.fail(cutOff), 'truncated')
  }

  const leave = async (): Promise<void> => {
    if (life.isOver) return
    life.isOver = true
    await drain({ reader, tap, limits, now })
    settle({ ending: 'client_gone', seen: tap.seen, firstOutputAt })
  }
  callerSignal.addEventListener('abort', () => void leave(), { once: true })

  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    while (held.length === 0 && !life.isOver) {
      const written = await step()
      if (written !== undefined && written !== 'more') held.push(written)
    }
    for (const bytes of held.splice(0)) controller.enqueue(bytes)
    if (life.isOver) controller.close()
  }

  return {
    body: new ReadableStream({ pull, cancel: leave }, { highWaterMark: 0 }),
    done,
    prime: async () => {
      while (!life.isOver && !tap.seen.hasOutput && !tap.seen.error) {
        const written = await step()
        if (written !== undefined && written !== 'more') held.push(written)
      }
      if (tap.seen.hasOutput || (life.isOver && !tap.seen.error)) return undefined
      if (!life.isOver) await reader.cancel().catch(() => undefined)
      return tap.seen.error ?? cutOff
    },
  }
}

interface Drain extends Pick<RelayOptions, 'tap' | 'limits' | 'now'> {
  reader: ReadableStreamDefaultReader<Uint8Array>
}

/** Reads on to the usage event for a caller who has left, within bounds; then lets go of the upstream. */
async function drain({ reader, tap, limits, now }: Drain): Promise<void> {
  const until = now() + limits.drainMs
  const timer = setTimeout(() => void reader.cancel().catch(() => undefined), limits.drainMs)
  try {
    for (let bytes = 0; limits.drainMs > 0 && bytes < limits.drainBytes && now() < until;) {
      const read = await reader.read()
      if (read.done) {
        tap.end()
        return
      }
      bytes += read.value.byteLength
      tap.push(read.value)
    }
  } catch {
    // The upstream broke off; what was seen until then is what there is.
  } finally {
    clearTimeout(timer)
    await reader.cancel().catch(() => undefined)
  }
}
