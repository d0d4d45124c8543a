import type { ChatChunk, ChatRequest, ChunkChoice } from '../../chat.ts'
import type { StreamEncoder } from '../../wire-format.ts'
import { formatError } from '../openai-chat/format-error.ts'
import { formatUsage } from '../openai-chat/format-usage.ts'
import { formatLogprobs } from './format-logprobs.ts'

/** Writes text as it comes; usage only for callers that asked with `stream_options.include_usage`. */
export function createEncoder(request: Pick<ChatRequest, 'stream_options'>): StreamEncoder {
  const wantsUsage = request.stream_options?.include_usage === true
  return {
    push: (chunk) => formatChunk(chunk, wantsUsage),
    error: (error) => `data: ${JSON.stringify(formatError(error))}\n\n`,
    end: () => 'data: [DONE]\n\n',
  }
}

function formatChunk({ choices, usage, extra, ...chunk }: ChatChunk, wantsUsage: boolean): string {
  const said = choices.filter(saysSomething).map(formatChoice)
  const isUsage = wantsUsage && usage !== undefined && usage !== null
  if (said.length === 0 && !isUsage) return ''
  const event = {
    ...extra,
    ...chunk,
    object: 'text_completion',
    choices: said,
    ...(wantsUsage && { usage: usage ? formatUsage(usage) : null }),
  }
  return `data: ${JSON.stringify(event)}\n\n`
}

const saysSomething = ({ delta, finish_reason }: ChunkChoice): boolean =>
  finish_reason !== null || Boolean(delta.content || delta.refusal)

function formatChoice({ index, delta, logprobs, finish_reason }: ChunkChoice): object {
  return { text: delta.content || delta.refusal || '', index, logprobs: formatLogprobs(logprobs), finish_reason }
}
