import type { ChatRequest, Delta } from '../../chat.ts'
import { isObject, objectOf, type Json, type JsonObject } from '../../json.ts'
import { createCallWriter, type CallWriter } from './create-call-writer.ts'
import { createMessageWriter, type MessageWriter } from './create-message-writer.ts'
import { createReasoningWriter, summaryWords, textWords, type ReasoningWriter } from './create-reasoning-writer.ts'
import { formatId } from './format-id.ts'
import { createItemSink, type EmitEvent, type ItemSink } from './item-sink.ts'
import { toolNamesOf } from './tool-names.ts'
import { writeImage } from './write-image.ts'

/** Turns an answer into output items, piece by piece. */
export interface OutputWriter {
  write(delta: Delta, logprobs?: Json): void
  close(status: 'completed' | 'incomplete'): void
  /** The items, those that are open as they began. */
  readonly items: readonly JsonObject[]
  /** The model has said no in its own words. */
  readonly isRefusal: boolean
}

export interface OutputOptions {
  request: Pick<ChatRequest, 'tools' | 'extra' | 'extra_format'>
  createId(): string
  emit: EmitEvent
}

interface Writers {
  sink: ItemSink
  messages: MessageWriter
  reasoning: ReasoningWriter
  calls: CallWriter
}

/**
 * Items begin in the order in which the answer speaks of them; each ends when another kind begins. Audio has no item
 * and is left out.
 */
export function createOutputWriter({ request, createId, emit }: OutputOptions): OutputWriter {
  const items: JsonObject[] = []
  const sink = createItemSink(items, { emit, createId })
  const writers: Writers = {
    sink,
    messages: createMessageWriter(sink),
    reasoning: createReasoningWriter(sink, wantsSummary(request) ? summaryWords : textWords),
    calls: createCallWriter(sink, toolNamesOf(request)),
  }
  let isRefusal = false
  return {
    write: (delta, logprobs) => {
      isRefusal ||= Boolean(delta.refusal)
      writeReasoning(delta, writers)
      writeMessage(delta, entriesOf(logprobs), writers)
      writeImages(delta, writers)
      writeCalls(delta, writers)
    },
    close: (status) => {
      writers.reasoning.close()
      writers.messages.close(status)
      writers.calls.close(status)
    },
    items,
    get isRefusal() {
      return isRefusal
    },
  }
}

function wantsSummary({ extra, extra_format }: OutputOptions['request']): boolean {
  const asked = extra_format === formatId ? objectOf(extra?.['reasoning']) : undefined
  return Boolean(asked?.['summary'] ?? asked?.['generate_summary'])
}

/** A delta that has both the thoughts and the blocks that they are in says them once. */
function writeReasoning(delta: Delta, { messages, reasoning, calls }: Writers): void {
  const { reasoning_content: thoughts = '', reasoning_details: details = [] } = delta
  if (thoughts === '' && details.length === 0) return
  messages.close('completed')
  calls.settle()
  const isFresh = thoughts !== '' && thoughts === details.map(({ text = '' }) => text).join('')
  if (thoughts !== '' && !isFresh) reasoning.think(thoughts)
  for (const detail of details) reasoning.detail(detail, isFresh)
}

function writeMessage(delta: Delta, logprobs: Json[], { messages, reasoning, calls }: Writers): void {
  const { content, refusal, annotations = [] } = delta
  if (!content && !refusal && annotations.length === 0) return messages.addLogprobs(logprobs)
  reasoning.close()
  calls.settle()
  if (content) messages.text(content, logprobs)
  for (const annotation of annotations) messages.cite(annotation)
  if (refusal) messages.refuse(refusal)
}

const entriesOf = (logprobs: Json | undefined): Json[] => {
  const content = isObject(logprobs) ? logprobs['content'] : undefined
  return Array.isArray(content) ? content : []
}

function writeImages({ images = [] }: Delta, { sink, messages, reasoning, calls }: Writers): void {
  if (images.length === 0) return
  reasoning.close()
  messages.close('completed')
  calls.settle()
  for (const image of images) if (!writeImage(image, sink)) messages.text(`![image](${image.image_url.url})`)
}

function writeCalls({ tool_calls: pieces = [] }: Delta, { messages, reasoning, calls }: Writers): void {
  for (const piece of pieces) {
    const signature = piece.extra_content?.google?.thought_signature
    messages.close('completed')
    reasoning.close()
    if (piece.id !== undefined) calls.settle()
    if (piece.id !== undefined && signature !== undefined) reasoning.signCall(piece.id, signature)
    calls.write(piece)
  }
}
