import type { ChatChunk, ChatUsage, ChunkChoice, Delta } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'
import type { StreamEncoder } from '../../wire-format.ts'
import { createEventWriter, formatEvent, type EventWriter } from './create-event-writer.ts'
import { toStopReason } from './finish-reason.ts'
import { formatCitation } from './format-citation.ts'
import { formatError } from './format-error.ts'
import { formatUsage } from './format-usage.ts'

/**
 * Writes chunks as the events of a stream, as server-sent events: the binary frames that Amazon puts around them are for
 * whoever passes its streams on.
 */
export function createEncoder(): StreamEncoder {
  const writer = createEventWriter()
  let started = false
  let usage: ChatUsage | null | undefined
  let extra: JsonObject = {}
  let ending: Pick<ChunkChoice, 'native_finish_reason' | 'stop_sequence' | 'finish_reason'> = { finish_reason: null }

  const start = (): string => {
    if (started) return ''
    started = true
    return formatEvent('messageStart', { role: 'assistant' })
  }

  return {
    push: (chunk: ChatChunk) => {
      usage = chunk.usage ?? usage
      extra = { ...extra, ...chunk.extra }
      let events = start()
      for (const choice of chunk.choices) {
        if (choice.index !== 0) continue
        events += formatDelta(choice.delta, writer)
        if (choice.finish_reason !== null) ending = choice
      }
      return events
    },
    error: (error) => formatEvent('error', { type: 'error', error: formatError(error) }),
    end: () => {
      const stopReason = toStopReason({ ...ending, finish_reason: ending.finish_reason ?? 'stop' })
      const metadata = { ...extra, usage: formatUsage(usage), metrics: { latencyMs: 0 } }
      return `${start()}${writer.close()}${formatEvent('messageStop', { stopReason })}${formatEvent('metadata', metadata)}`
    },
  }
}

function formatDelta(delta: Delta, writer: EventWriter): string {
  let events = ''
  if (delta.reasoning_content) events += writer.think(delta.reasoning_content)
  for (const detail of delta.reasoning_details ?? []) events += writer.detail(detail)
  const text = `${delta.content ?? ''}${delta.refusal ?? ''}`
  if (text !== '') events += writer.text(text)
  for (const { image_url } of delta.images ?? []) events += writer.text(`![image](${image_url.url})`)
  for (const annotation of delta.annotations ?? []) events += writer.cite(formatCitation(annotation))
  for (const call of delta.tool_calls ?? []) events += writer.call(call)
  return events
}
