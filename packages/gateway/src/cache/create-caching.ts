import type { AnswerCache } from './answer-cache.ts'
import type { RecordingRoom } from './create-recording.ts'
import type { Embedder } from './semantic/embedder.ts'
import type { SemanticIndex } from './semantic/semantic-index.ts'

/** What a gateway needs to keep answers. */
export interface Caching {
  answers: AnswerCache
  room: RecordingRoom
  /** Finds answers to requests that are alike, for gateways that want that. */
  semantic?: { index: SemanticIndex; embedder: Embedder }
}

/** What one isolate records at once, bytes. */
const roomBytes = 50_000_000

export type CachingOptions = Pick<Caching, 'answers' | 'semantic'>

/** A gateway's cache. One for each isolate. */
export function createCaching(options: CachingOptions): Caching {
  return { ...options, room: { bytes: roomBytes } }
}
