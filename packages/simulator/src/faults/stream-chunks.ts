import type { Frame, Framing } from '../format.ts'
import type { Chunk } from '../byte-stream.ts'
import type { FaultSet } from './fault-set.ts'

interface Options {
  framing: Framing
  faults: FaultSet
  /** What `error-frame` and `preamble-error` send. */
  errorFrame: Frame
}

/** The frames as they go over the wire, bent by the faults. */
export function* toChunks(frames: Iterable<Frame>, { framing, faults, errorFrame }: Options): Iterable<Chunk> {
  const write = createWriter(framing, faults)
  if (faults.has('error-frame')) return yield* write.error(errorFrame)
  const malformed = faults.number('malformed')
  let tokens = 0
  for (const frame of frames) {
    const isEnd = frame.kind === 'finish' || frame.kind === 'done'
    if (frame.kind === 'token' || isEnd) {
      if (faults.has('preamble-error')) return yield* write.error(errorFrame)
      if (isReached(faults.number('cut'), tokens, isEnd)) return yield { end: 'cut' }
      if (isReached(faults.number('stall'), tokens, isEnd)) return yield { end: 'stall' }
    }
    if (frame.kind === 'token') tokens += 1
    if (isEnd && faults.has('no-terminal')) continue
    if (frame.kind === 'done' && faults.has('no-done')) continue
    const isBroken = frame.kind === 'token' && tokens === malformed
    yield* write.frame(isBroken ? { ...frame, text: frame.text.slice(0, Math.ceil(frame.text.length / 2)) } : frame)
  }
}

/** True once `limit` tokens are out, or the answer ends before that. */
function isReached(limit: number | undefined, tokens: number, isEnd: boolean): boolean {
  return limit !== undefined && (tokens >= limit || isEnd)
}

function createWriter(framing: Framing, faults: FaultSet) {
  let isFirst = true
  const chunk = (text: string): Chunk => ({ text: faults.has('crlf') ? text.replaceAll(/\r?\n/g, '\r\n') : text })
  const encode = (frame: Frame): Chunk => {
    const encoded = frame.isRaw ? frame.text : framing.encode(frame, isFirst)
    isFirst = false
    return typeof encoded === 'string' ? chunk(encoded) : { bytes: encoded }
  }
  return {
    *frame(frame: Frame): Iterable<Chunk> {
      if (faults.has('comments') && framing.comment !== undefined) yield chunk(framing.comment)
      yield encode(frame)
      if (faults.has('duplicate') && frame.kind === 'token') yield encode(frame)
    },
    *error(frame: Frame): Iterable<Chunk> {
      if (framing.close === undefined) return yield encode(frame)
      // Inside an array an error is one more element, even where it would stand bare between events.
      yield encode({ kind: 'other', text: frame.text })
      yield chunk(framing.close)
    },
  }
}
