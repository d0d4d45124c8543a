import type { ChatChunk, ChatRequest, ChunkChoice } from '../../chat.ts'
import type { StreamEncoder } from '../../wire-format.ts'
import { formatAnnotations } from './format-annotations.ts'
import { formatError } from './format-error.ts'
import { formatUsage } from './format-usage.ts'

/** Writes chunks as `data:` events; usage only for callers that asked with `stream_options.include_usage`. */
export function createEncoder(request: Pick<ChatRequest, 'stream_options'>): StreamEncoder {
  const wantsUsage = request.stream_options?.include_usage === true
  return {
    push: (chunk) => formatChunk(chunk, wantsUsage),
    error: (error) => `data: ${JSON.stringify(formatError(error))}\n\n`,
    end: () => 'data: [DONE]\n\n',
  }
}

function formatChunk({ choices, usage, extra, ...chunk }: ChatChunk, wantsUsage: boolean): string {
  if (choices.length === 0 && !(wantsUsage && usage)) return ''
  const event = {
    ...extra,
    ...chunk,
    choices: choices.map(formatChoice),
    ...(wantsUsage && { usage: usage ? formatUsage(usage) : null }),
  }
  return `data: ${JSON.stringify(event)}\n\n`
}

function formatChoice({ stop_sequence: _, logprobs = null, delta, ...choice }: ChunkChoice): object {
  const { annotations, ...said } = delta
  return { ...choice, delta: annotations ? { ...said, ...formatAnnotations(annotations) } : delta, logprobs }
}
