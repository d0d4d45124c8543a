import {
  createEventDecoder,
  openaiChat,
  type CallerError,
  type ChatChunk,
  type ProviderError,
  type StreamEncoder,
  type StreamItem,
  type WireContext,
} from '@gw/adapters'
import { addUsage } from './add-usage.ts'
import type { PartialAnswer } from './create-partial-answer.ts'

export interface TranscriberOptions {
  /** Of the stream that is gone on with; it has written what came before. */
  encoder: StreamEncoder
  /** What came before. */
  begun: PartialAnswer
  /** What that used and cost. */
  before: Parameters<typeof addUsage>[1]
  context: WireContext
  toCallerError(error: ProviderError): CallerError
}

/** Writes a stream of chat completions as the rest of one that has begun in the caller's format. */
export interface Transcriber {
  push(bytes: Uint8Array): Uint8Array | undefined
  /** What ends the stream; an error where the rest broke off too. */
  end(broken: ProviderError | undefined): Uint8Array
}

const text = new TextEncoder()

export function createTranscriber(options: TranscriberOptions): Transcriber {
  const { encoder, context, toCallerError } = options
  const frames = createEventDecoder(openaiChat.framing)
  const decoder = openaiChat.createDecoder(context)
  let hasFailed = false

  const write = (items: readonly StreamItem[]): string => {
    let written = ''
    for (const item of items) {
      if (hasFailed) return written
      hasFailed = item.type === 'error'
      written +=
        item.type === 'error' ? encoder.error(toCallerError(item.error)) : encoder.push(rest(item.chunk, options))
    }
    return written
  }

  return {
    push: (bytes) => {
      const written = write(frames.push(bytes).flatMap((event) => decoder.push(event)))
      return written === '' ? undefined : text.encode(written)
    },
    end: (broken) => {
      const written = write([...frames.end().flatMap((event) => decoder.push(event)), ...decoder.end()])
      if (hasFailed) return text.encode(written)
      return text.encode(written + (broken ? encoder.error(toCallerError(broken)) : encoder.end()))
    },
  }
}

/** A chunk of the second part as one of the whole: the same id, no second beginning, and the usage of both. */
function rest(chunk: ChatChunk, { begun, before }: TranscriberOptions): ChatChunk {
  const choices = chunk.choices.map(({ delta: { role: _, ...delta }, ...choice }) => ({ ...choice, delta }))
  return {
    ...chunk,
    choices,
    ...(begun.id !== undefined && { id: begun.id }),
    ...(chunk.usage && { usage: addUsage(chunk.usage, before) }),
  }
}
