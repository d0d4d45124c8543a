import type { ChatChunk, ChatUsage, ChunkChoice } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'
import type { StreamEncoder } from '../../wire-format.ts'
import { createCandidateWriter, type CandidateWriter } from './create-candidate-writer.ts'
import { formatError } from './format-error.ts'
import { formatUsage } from './format-usage.ts'

/**
 * Writes chunks as the events of `streamGenerateContent?alt=sse`. Calls go out whole, and finish reasons and usage
 * together at the end. An error is a plain JSON body, as Google's own service sends it and its SDKs expect it.
 */
export function createEncoder(): StreamEncoder {
  const writers = new Map<number, CandidateWriter>()
  let head: JsonObject = {}
  let usage: ChatUsage | undefined

  const writerOf = (index: number): CandidateWriter => {
    const writer = writers.get(index) ?? createCandidateWriter()
    writers.set(index, writer)
    return writer
  }
  const write = ({ index, ...choice }: ChunkChoice): JsonObject[] => {
    const parts = writerOf(index).write(choice)
    return parts.length > 0 ? [{ content: { role: 'model', parts }, index }] : []
  }

  return {
    push: (chunk: ChatChunk) => {
      head = { modelVersion: chunk.model, responseId: chunk.id }
      usage = chunk.usage ?? usage
      const candidates = chunk.choices.flatMap(write)
      return candidates.length > 0 ? formatEvent({ candidates, ...head }) : ''
    },
    error: (error) => `${JSON.stringify(formatError(error))}\n`,
    end: () => {
      const endings = [...writers].map(([index, writer]): JsonObject => ({ index, ...writer.end() }))
      const blocked = endings.find(({ promptFeedback }) => promptFeedback)
      const said = blocked ? { promptFeedback: blocked['promptFeedback'] } : { candidates: endings }
      return formatEvent({ ...said, ...(usage && { usageMetadata: formatUsage(usage) }), ...head })
    },
  }
}

function formatEvent(body: JsonObject): string {
  return `data: ${JSON.stringify(body)}\r\n\r\n`
}
