import type { ReasoningDetail } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'
import { toEncryptedContent, wrapCallSignature } from './foreign-secret.ts'
import { formatId } from './format-id.ts'
import type { ItemSink } from './item-sink.ts'

/** Writes reasoning items: thoughts as they come, and what makes them fit to go back once it is there. */
export interface ReasoningWriter {
  think(thought: string): void
  /** A block. One that isn't `fresh` repeats the thoughts since the last block, where there were some. */
  detail(detail: ReasoningDetail, isFresh: boolean): void
  /** The signature of a call that follows. */
  signCall(callId: string, signature: string): void
  close(): void
}

interface Thoughts {
  id: string
  index: number
  text: string
  /** The block that these are thoughts of, as far as it is known. */
  origin?: ReasoningDetail
}

export function createReasoningWriter(sink: ItemSink, words: ThoughtWords): ReasoningWriter {
  const usedIds = new Set<string>()
  let open: Thoughts | undefined
  /** Thoughts are out that no block has repeated yet. */
  let isUnrepeated = false

  const begin = (origin?: ReasoningDetail): Thoughts => {
    const own = origin?.format === formatId ? origin.id : undefined
    const id = own === undefined || usedIds.has(own) ? sink.createId('rs') : own
    usedIds.add(id)
    return { id, index: sink.open(formatItem(id, {})), text: '', ...(origin && { origin }) }
  }
  const think = (thought: string, origin?: ReasoningDetail): void => {
    if (open === undefined) {
      open = begin(origin)
      sink.emit(words.added, { ...placeOf(open), ...words.place, part: { type: words.part, text: '' } })
    }
    open.text += thought
    sink.emit(words.delta, { ...placeOf(open), ...words.place, delta: thought })
  }
  const close = (secret?: ReasoningDetail): void => {
    if (open) endThoughts(open, { secret, words, sink })
    open = undefined
  }
  const writeSecret = (encrypt: (id: string) => string, origin?: ReasoningDetail): void => {
    close()
    const { id, index } = begin(origin)
    sink.close(index, formatItem(id, { encrypted_content: encrypt(id) }))
  }

  return {
    think: (thought) => {
      isUnrepeated = true
      think(thought)
    },
    detail: (detail, isFresh) => {
      const { text, signature, data } = detail
      if (text && (isFresh || !isUnrepeated)) think(text, detail)
      if (open) open.origin = detail
      if (!signature && !data) return
      isUnrepeated = false
      if (open) close(detail)
      else writeSecret((id) => toEncryptedContent(detail, id), detail)
    },
    signCall: (callId, signature) => writeSecret(() => wrapCallSignature(callId, signature)),
    close: () => close(),
  }
}

interface Ending {
  secret: ReasoningDetail | undefined
  words: ThoughtWords
  sink: ItemSink
}

function endThoughts(thoughts: Thoughts, { secret, words, sink }: Ending): void {
  const { id, index, text, origin } = thoughts
  const place = { ...placeOf(thoughts), ...words.place }
  const part = { type: words.part, text }
  sink.emit(words.textDone, { ...place, text })
  sink.emit(words.partDone, { ...place, part })
  const encrypted = secret ? toEncryptedContent(secret, id) : markOf(origin)
  sink.close(index, formatItem(id, { [words.field]: [part], ...(encrypted && { encrypted_content: encrypted }) }))
}

/** Thoughts without a secret are marked all the same, unless they are the format's own: no other vendor knows them. */
function markOf(origin: ReasoningDetail | undefined): string | undefined {
  if (origin?.format === formatId) return undefined
  return toEncryptedContent({ ...origin, type: 'reasoning.text', signature: '' }, '')
}

const placeOf = ({ id, index }: Thoughts): JsonObject => ({ item_id: id, output_index: index })

function formatItem(id: string, fields: JsonObject): JsonObject {
  return { id, type: 'reasoning', summary: [], ...fields }
}

/** The events and fields that thoughts are told with. */
interface ThoughtWords {
  field: 'summary' | 'content'
  part: string
  place: JsonObject
  added: string
  delta: string
  textDone: string
  partDone: string
}

/** For callers who asked for a summary: they read that only. */
export const summaryWords: ThoughtWords = {
  field: 'summary',
  part: 'summary_text',
  place: { summary_index: 0 },
  added: 'response.reasoning_summary_part.added',
  delta: 'response.reasoning_summary_text.delta',
  textDone: 'response.reasoning_summary_text.done',
  partDone: 'response.reasoning_summary_part.done',
}

/** For all others. */
export const textWords: ThoughtWords = {
  field: 'content',
  part: 'reasoning_text',
  place: { content_index: 0 },
  added: 'response.content_part.added',
  delta: 'response.reasoning_text.delta',
  textDone: 'response.reasoning_text.done',
  partDone: 'response.content_part.done',
}
