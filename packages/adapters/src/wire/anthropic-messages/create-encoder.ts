import type { ChatChunk, ChatUsage, ChunkChoice, Delta, ReasoningDetail } from '../../chat.ts'
import type { Json, JsonObject } from '../../json.ts'
import type { CallerError, StreamEncoder } from '../../wire-format.ts'
import { createBlockWriter, type BlockWriter } from './create-block-writer.ts'
import { createCallWriter, type CallWriter } from './create-call-writer.ts'
import { formatCitation } from './format-citation.ts'
import { formatError } from './format-error.ts'
import { formatReasoning } from './format-reasoning.ts'
import { formatUsage } from './format-usage.ts'
import { toMessageId } from './to-message-id.ts'
import { toStopReason } from './to-stop-reason.ts'

/** Writes chunks as the events of a message: one block open at a time, usage in the last `message_delta`. */
export function createEncoder(): StreamEncoder {
  const blocks = createBlockWriter()
  const calls = createCallWriter(blocks)
  const thoughts = { areOpen: false }
  let started = false
  let usage: ChatUsage | null | undefined
  let ending: Pick<ChunkChoice, 'native_finish_reason' | 'stop_sequence' | 'finish_reason'> = { finish_reason: null }
  let refusal = ''

  const start = ({ id, model }: Pick<ChatChunk, 'id' | 'model'>): string => {
    if (started) return ''
    started = true
    const rest = { content: [], stop_reason: null, stop_sequence: null, usage: formatUsage(undefined) }
    const message = { id: toMessageId(id), type: 'message', role: 'assistant', model, ...rest }
    return formatEvent('message_start', { message })
  }

  return {
    push: (chunk) => {
      usage = chunk.usage ?? usage
      let events = start(chunk)
      for (const choice of chunk.choices) {
        if (choice.index !== 0) continue
        events += formatDelta(choice.delta, { blocks, calls, thoughts })
        refusal += choice.delta.refusal ?? ''
        if (choice.finish_reason !== null) ending = choice
      }
      return events
    },
    error: (error: CallerError) => {
      const { type: _, ...body } = formatError(error)
      return formatEvent('error', body)
    },
    end: () => {
      const opening = start({ id: 'msg_empty', model: '' }) + calls.end() + blocks.close()
      const reason =
        refusal === '' ? toStopReason({ ...ending, finish_reason: ending.finish_reason ?? 'stop' }) : 'refusal'
      const details = reason === 'refusal' ? { type: 'refusal', category: null, explanation: refusal || null } : null
      const delta = {
        stop_reason: reason,
        stop_sequence: ending.stop_sequence ?? null,
        ...(details && { stop_details: details }),
      }
      return (
        opening + formatEvent('message_delta', { delta, usage: formatUsage(usage) }) + formatEvent('message_stop', {})
      )
    },
  }
}

function formatEvent(type: string, fields: Record<string, Json | JsonObject | undefined>): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`
}

interface Writers {
  blocks: BlockWriter
  calls: CallWriter
  /** Whether thoughts have been streamed that no detail has repeated yet. */
  thoughts: { areOpen: boolean }
}

/** Citations belong to the text before them, so they go out before what comes with them opens another block. */
function formatDelta(delta: Delta, { blocks, calls, thoughts }: Writers): string {
  const citations = delta.annotations ?? []
  let events = ''
  if (delta.reasoning_content) {
    events += blocks.think(delta.reasoning_content)
    thoughts.areOpen = true
  }
  if (!delta.content) for (const annotation of citations) events += blocks.cite(formatCitation(annotation))
  for (const detail of delta.reasoning_details ?? []) events += formatDetail(detail, { blocks, thoughts })
  if (delta.content) events += blocks.text(delta.content)
  if (delta.content) for (const annotation of citations) events += blocks.cite(formatCitation(annotation))
  if (delta.refusal) events += blocks.text(delta.refusal)
  for (const { image_url } of delta.images ?? []) events += blocks.text(`![image](${image_url.url})`)
  for (const call of delta.tool_calls ?? []) events += calls.write(call)
  return events
}

/**
 * A detail that repeats thoughts which have been streamed adds the signature only, even after other blocks; without one
 * it has nothing to add to a block that is closed.
 */
function formatDetail(detail: ReasoningDetail, { blocks, thoughts }: Omit<Writers, 'calls'>): string {
  const block = formatReasoning(detail)
  if (block['type'] !== 'thinking') return blocks.whole(block)
  const isRepeated = thoughts.areOpen
  thoughts.areOpen = false
  if (isRepeated && !blocks.isThinking && !detail.signature) return ''
  const signature = typeof block['signature'] === 'string' ? block['signature'] : ''
  const opening = isRepeated || blocks.isThinking || !detail.text ? '' : blocks.think(detail.text)
  return signature === '' ? opening : opening + blocks.sign(signature)
}
