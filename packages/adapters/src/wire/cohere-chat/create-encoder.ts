import type { ChatChunk, ChatUsage, ChunkChoice, Delta } from '../../chat.ts'
import type { StreamEncoder } from '../../wire-format.ts'
import { createEventWriter, formatEvent, type EventWriter } from './create-event-writer.ts'
import { toNativeFinishReason } from './finish-reason.ts'
import { formatError } from './format-error.ts'
import { formatLogprobs } from './format-response.ts'
import { formatUsage } from './format-usage.ts'

/**
 * Writes chunks as Cohere's events: one content block open at a time, usage in `message-end`, then `[DONE]`. An error is a
 * `message-end` too, as clients read no other.
 * @see https://docs.cohere.com/v2/docs/streaming
 */
export function createEncoder(): StreamEncoder {
  const writer = createEventWriter()
  let started = false
  let usage: ChatUsage | null | undefined
  let ending: Pick<ChunkChoice, 'finish_reason' | 'native_finish_reason' | 'stop_sequence'> = { finish_reason: 'stop' }

  const start = (id: string): string => {
    if (started) return ''
    started = true
    const message = { role: 'assistant', content: [], tool_plan: '', tool_calls: [], citations: [] }
    return formatEvent('message-start', { id, delta: { message } })
  }

  return {
    push: (chunk: ChatChunk) => {
      usage = chunk.usage ?? usage
      let events = start(chunk.id)
      for (const choice of chunk.choices) {
        if (choice.index !== 0) continue
        events += formatDelta(choice, writer)
        if (choice.finish_reason !== null) ending = choice
      }
      return events
    },
    error: (error) =>
      formatEvent('message-end', { delta: { ...formatError(error), finish_reason: 'ERROR', error: error.message } }),
    end: () => {
      const delta = { finish_reason: toNativeFinishReason(ending), usage: formatUsage(usage) }
      return `${start('')}${writer.close()}${formatEvent('message-end', { delta })}data: [DONE]\n\n`
    },
  }
}

function formatDelta({ delta, logprobs }: ChunkChoice, writer: EventWriter): string {
  let events = ''
  if (delta.reasoning_content) events += writer.content('thinking', delta.reasoning_content)
  const pieces = formatLogprobs(logprobs)
  const text = textOf(delta)
  if (text || pieces) events += writer.content('text', text, pieces && { logprobs: pieces })
  for (const annotation of delta.annotations ?? []) events += writer.cite(annotation)
  for (const call of delta.tool_calls ?? []) events += writer.call(call)
  return events
}

function textOf({ content, refusal, images = [] }: Delta): string {
  const pictures = images.map(({ image_url }) => `\n\n![image](${image_url.url})`)
  return `${content ?? ''}${refusal ?? ''}${pictures.join('')}`
}
