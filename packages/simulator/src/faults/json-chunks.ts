import type { Chunk } from '../byte-stream.ts'
import type { FaultSet } from './fault-set.ts'
import { hugeMark } from './huge-answer.ts'

/** A JSON answer as text, bent by the faults; `cut`, `stall` and `malformed` all strike in its middle. */
export function* toJsonChunks(text: string, faults: FaultSet, pieces: Iterable<string>): Iterable<Chunk> {
  if (faults.has('comments')) yield { text: '\n\n' }
  if (faults.has('huge')) return yield* hugeChunks(text, pieces)
  const half = text.slice(0, Math.ceil(text.length / 2))
  if (faults.has('malformed')) return yield { text: half }
  const end = faults.has('cut') ? 'cut' : faults.has('stall') ? 'stall' : undefined
  yield { text: end ? half : text }
  if (end) yield { end }
}

function* hugeChunks(text: string, pieces: Iterable<string>): Iterable<Chunk> {
  const at = text.indexOf(hugeMark)
  yield { text: text.slice(0, at) }
  for (const piece of pieces) yield { text: piece }
  yield { text: text.slice(at + hugeMark.length) }
}
