import type { ChatResponse, Choice } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'
import { formatUsage } from '../openai-chat/format-usage.ts'
import { formatLogprobs } from './format-logprobs.ts'

/** Writes a completion: the text of each choice. */
export function formatResponse({ choices, usage, extra, ...answer }: ChatResponse): JsonObject {
  return {
    ...extra,
    ...answer,
    object: 'text_completion',
    choices: choices.map(formatChoice),
    ...(usage && { usage: formatUsage(usage) }),
  }
}

function formatChoice({ index, message, logprobs, finish_reason }: Choice): JsonObject {
  const { content, refusal } = message
  const text = typeof content === 'string' ? content : (content ?? []).map((part) => part.text).join('')
  return { text: text || (refusal ?? ''), index, logprobs: formatLogprobs(logprobs), finish_reason }
}
