import type { LanguageModelV4StreamPart } from '@ai-sdk/provider'
import { toApiCallError, type RunContext } from '../run/to-api-call-error.ts'
import type { ChunkReader } from './create-chunk-reader.ts'
import { createEventReader } from './create-event-reader.ts'

type Part = LanguageModelV4StreamPart

interface PartStreamOptions {
  stream: ReadableStream<Uint8Array | string>
  reader: ChunkReader
  /** Parts before those of the model. */
  head: readonly Part[]
  context: RunContext
  abortSignal: AbortSignal | undefined
}

/**
 * The parts of a streamed answer. Nothing is read before somebody asks for it. A cancelled or aborted stream cancels the
 * body at once; a connection that breaks gives an error part and a `finish`, so that what arrived is not lost.
 */
export function createPartStream({ stream, reader, head, context, abortSignal }: PartStreamOptions) {
  const events = createEventReader(stream)
  const letGo = (reason: unknown) => void events.cancel(reason).catch(() => undefined)
  let hasEnded = false
  let onAbort = () => {}
  const stopListening = () => abortSignal?.removeEventListener('abort', onAbort)

  const next = async (): Promise<{ parts: Part[]; isLast: boolean }> => {
    try {
      const read = await events.read()
      return read ? { parts: read.flatMap(reader.push), isLast: false } : { parts: reader.end(), isLast: true }
    } catch (error) {
      return { parts: reader.end(toApiCallError(error, context)), isLast: true }
    }
  }

  return new ReadableStream<Part>(
    {
      start: (controller) => {
        onAbort = () => {
          hasEnded = true
          controller.error(abortSignal?.reason)
          letGo(abortSignal?.reason)
        }
        if (abortSignal?.aborted) return onAbort()
        abortSignal?.addEventListener('abort', onAbort, { once: true })
        for (const part of head) controller.enqueue(part)
      },
      pull: async (controller) => {
        let found = 0
        while (found === 0 && !hasEnded) {
          const { parts, isLast } = await next()
          if (hasEnded) return
          for (const part of parts) controller.enqueue(part)
          found = parts.length
          hasEnded = isLast
          if (!isLast) continue
          stopListening()
          controller.close()
        }
      },
      cancel: (reason) => {
        hasEnded = true
        stopListening()
        letGo(reason)
      },
    },
    { highWaterMark: 0 },
  )
}
