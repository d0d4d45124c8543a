import type { ChatResponse } from '../../src/chat.ts'
import type { JsonObject } from '../../src/json.ts'
import type { InboundId } from './formats.ts'

/** A value that occurs nowhere else, by which a feature is found again in another format. */
export type Mark = string | number | boolean

/** A request that has the feature, as fields over the format's smallest request, and one that has all but it. */
export interface Ask {
  with: JsonObject
  without?: JsonObject
}

/** Something that a caller asks for. */
export interface RequestFeature {
  kind: 'request'
  name: string
  /** Default: whatever the feature changes in the provider's request. */
  marks?: readonly Mark[]
  /** Only formats that can say it. */
  says: Partial<Record<InboundId, Ask>>
}

/** Something that a provider answers. */
export interface AnswerFeature {
  kind: 'answer'
  name: string
  marks?: readonly Mark[]
  /** What must be the same in the answer that the caller reads, where a mark would be another word in each format. */
  probe?: (answer: ChatResponse) => unknown
  /** An answer that has the feature, by format. Only formats that can say it. */
  says: Readonly<Record<string, JsonObject>>
}

/** What an answer holds for its provider alone, and must hold when the caller sends it back in the next request. */
export interface ReplayFeature {
  kind: 'replay'
  name: string
  marks: readonly Mark[]
  says: Readonly<Record<string, JsonObject>>
}

/** Events that the provider's format writes, and the caller's must. */
export interface StreamFeature {
  kind: 'arguments' | 'error' | 'stream-error'
  name: string
}

export type Feature = RequestFeature | AnswerFeature | ReplayFeature | StreamFeature

export interface FeatureGroup {
  title: string
  features: readonly Feature[]
}

/** What becomes of a feature on the way from one format to another. */
export type Cell =
  | { state: 'same' }
  | { state: 'mapped' | 'bent'; how: string }
  | { state: 'dropped' | 'error' | 'unsayable' | 'lost' }
