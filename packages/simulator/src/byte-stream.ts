/** A piece of a body, or how the body ends badly. */
export type Chunk = { text: string } | { bytes: Uint8Array } | { end: 'cut' | 'stall' }

type Ending = 'complete' | 'aborted' | 'cut'

interface Options {
  /** Pause before each chunk after the first. */
  paceMs: number
  /** Send pieces of this many bytes. */
  splitBytes?: number | undefined
  /** The client's: aborting it ends the stream. */
  signal: AbortSignal
  /** Called once, however the stream ends. */
  onEnd(ending: Ending): void
}

const encoder = new TextEncoder()

/** A body that is produced only as fast as it is read. */
export function toByteStream(chunks: Iterable<Chunk>, options: Options): ReadableStream<Uint8Array> {
  const source = chunks[Symbol.iterator]()
  const stop = new AbortController()
  const pending: Uint8Array[] = []
  let isFirst = true
  let isEnded = false

  const end = (ending: Ending): void => {
    if (isEnded) return
    isEnded = true
    stop.abort()
    source.return?.()
    options.onEnd(ending)
  }

  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const leave = (): void => {
          if (!isEnded) controller.error(new DOMException('The client left', 'AbortError'))
          end('aborted')
        }
        if (options.signal.aborted) leave()
        else options.signal.addEventListener('abort', leave, { once: true, signal: stop.signal })
      },
      async pull(controller) {
        const ready = pending.shift()
        if (ready) return controller.enqueue(ready)
        const next = source.next()
        if (next.done) {
          end('complete')
          return controller.close()
        }
        if (!isFirst && options.paceMs > 0) await sleep(options.paceMs, stop.signal)
        isFirst = false
        if (isEnded) return
        if ('end' in next.value) return breakOff(next.value.end, controller, { end, signal: stop.signal })
        const bytes = 'bytes' in next.value ? next.value.bytes : encoder.encode(next.value.text)
        pending.push(...split(bytes, options.splitBytes))
        controller.enqueue(pending.shift() ?? new Uint8Array(1))
      },
      cancel: () => end('aborted'),
    },
    { highWaterMark: 0 },
  )
}

interface Breaking {
  end(ending: Ending): void
  signal: AbortSignal
}

async function breakOff(
  how: 'cut' | 'stall',
  controller: ReadableStreamDefaultController,
  { end, signal }: Breaking,
): Promise<void> {
  if (how === 'stall') return aborted(signal)
  end('cut')
  controller.error(new TypeError('Simulated fault: the connection was cut'))
}

function split(bytes: Uint8Array, size: number | undefined): Uint8Array[] {
  if (size === undefined || size < 1) return [bytes]
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  )
}

/** Waits, but no longer than until the signal aborts. */
export function sleep(durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, durationMs)
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })
}

/** Resolves when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
