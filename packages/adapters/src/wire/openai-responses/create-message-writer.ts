import type { Annotation } from '../../chat.ts'
import type { Json, JsonObject } from '../../json.ts'
import { formatAnnotation } from './annotation.ts'
import type { ItemSink } from './item-sink.ts'

/** Writes message items: one is open at a time, with one part of text or refusal open in it. */
export interface MessageWriter {
  text(said: string, logprobs?: Json[]): void
  /** Those that come after the text that they are of; without an open text they have no place. */
  addLogprobs(logprobs: Json[]): void
  refuse(said: string): void
  /** Adds to the text part that is open, or to an empty one. */
  cite(annotation: Annotation): void
  close(status: 'completed' | 'incomplete'): void
}

interface Part {
  type: 'output_text' | 'refusal'
  text: string
  annotations: JsonObject[]
  logprobs: Json[]
  /** Where the part begins in the answer's text. */
  offset: number
}

interface Message {
  id: string
  index: number
  /** Parts that have ended. */
  content: JsonObject[]
  part?: Part
}

export function createMessageWriter(sink: ItemSink): MessageWriter {
  let message: Message | undefined
  let length = 0

  const openMessage = (): Message => {
    if (message) return message
    const id = sink.createId('msg')
    const index = sink.open(formatMessage(id, 'in_progress', []))
    message = { id, index, content: [] }
    return message
  }
  const ensure = (type: Part['type']): Place => {
    const open = openMessage()
    if (open.part?.type === type) return { ...placeOf(open), part: open.part }
    endPart(open, sink)
    const part: Part = { type, text: '', annotations: [], logprobs: [], offset: length }
    open.part = part
    sink.emit('response.content_part.added', { ...placeOf(open), part: formatPart(part) })
    return { ...placeOf(open), part }
  }

  return {
    text: (said, logprobs = []) => {
      const { part, ...place } = ensure('output_text')
      part.text += said
      part.logprobs.push(...logprobs)
      length += said.length
      sink.emit('response.output_text.delta', { ...place, delta: said, logprobs })
    },
    addLogprobs: (logprobs) => {
      const part = message?.part
      if (message === undefined || part?.type !== 'output_text' || logprobs.length === 0) return
      part.logprobs.push(...logprobs)
      sink.emit('response.output_text.delta', { ...placeOf(message), delta: '', logprobs })
    },
    refuse: (said) => {
      const { part, ...place } = ensure('refusal')
      part.text += said
      sink.emit('response.refusal.delta', { ...place, delta: said })
    },
    cite: (cited) => {
      const { part, ...place } = ensure('output_text')
      const annotation = formatAnnotation(cited, part.offset)
      const annotationIndex = part.annotations.push(annotation) - 1
      sink.emit('response.output_text.annotation.added', { ...place, annotation_index: annotationIndex, annotation })
    },
    close: (status) => {
      if (message === undefined) return
      endPart(message, sink)
      sink.close(message.index, formatMessage(message.id, status, message.content))
      message = undefined
    },
  }
}

type Place = ReturnType<typeof placeOf> & { part: Part }

const placeOf = ({ id, index, content }: Message) => ({
  item_id: id,
  output_index: index,
  content_index: content.length,
})

function endPart(message: Message, sink: ItemSink): void {
  const { part } = message
  if (part === undefined) return
  const place = placeOf(message)
  const formatted = formatPart(part)
  if (part.type === 'refusal') sink.emit('response.refusal.done', { ...place, refusal: part.text })
  else sink.emit('response.output_text.done', { ...place, text: part.text, logprobs: [...part.logprobs] })
  sink.emit('response.content_part.done', { ...place, part: formatted })
  message.content.push(formatted)
  delete message.part
}

function formatPart({ type, text, annotations, logprobs }: Part): JsonObject {
  if (type === 'refusal') return { type, refusal: text }
  return { type, text, annotations: [...annotations], logprobs: [...logprobs] }
}

function formatMessage(id: string, status: string, content: JsonObject[]): JsonObject {
  return { id, type: 'message', status, role: 'assistant', content: [...content] }
}
