import type { ChatChunk, ChatRequest, ChatUsage, ChunkChoice, FinishReason, ToolCallDelta } from '../../chat.ts'
import type { StreamEncoder } from '../../wire-format.ts'
import { createEncoder as createChunkEncoder } from '../openai-chat/create-encoder.ts'
import { formatUsage } from '../openai-chat/format-usage.ts'
import { formatError } from './format-error.ts'

/**
 * Writes chunks as `{ response }` events, calls in pieces, and at the end one event with finish reason and usage before
 * `[DONE]`. Callers of several choices get chat completion chunks, as newer models stream.
 */
export function createEncoder(request: Pick<ChatRequest, 'n'>): StreamEncoder {
  const error: StreamEncoder['error'] = (failure) => formatEvent(formatError(failure))
  if ((request.n ?? 1) > 1) return { ...createChunkEncoder({ stream_options: { include_usage: true } }), error }

  let usage: ChatUsage | undefined
  let finish: FinishReason = 'stop'
  return {
    push: (chunk: ChatChunk) => {
      usage = chunk.usage ?? usage
      let events = ''
      for (const choice of chunk.choices) {
        if (choice.index !== 0) continue
        events += formatChoice(choice)
        finish = choice.finish_reason ?? finish
      }
      return events
    },
    error,
    end: () => {
      const last = { response: '', finish_reason: finish, ...(usage && { usage: formatUsage(usage) }) }
      return `${formatEvent(last)}data: [DONE]\n\n`
    },
  }
}

function formatChoice({ delta, logprobs }: ChunkChoice): string {
  const { role: _, content, refusal, tool_calls, ...said } = delta
  const rest = { ...said, ...(refusal && { refusal }), ...(logprobs && { logprobs }) }
  if (!content && !tool_calls?.length && Object.keys(rest).length === 0) return ''
  const calls = tool_calls?.map(formatCall)
  return formatEvent({ response: content ?? '', ...(calls && { tool_calls: calls }), ...rest })
}

function formatCall({ index, id, function: called, extra_content }: ToolCallDelta): object {
  const signed = extra_content ? { extra_content } : {}
  return { ...(id !== undefined && { id, type: 'function' }), index, function: { ...called }, ...signed }
}

const formatEvent = (body: object): string => `data: ${JSON.stringify(body)}\n\n`
