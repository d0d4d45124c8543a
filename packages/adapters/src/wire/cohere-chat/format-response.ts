import type { AssistantMessage, ChatResponse } from '../../chat.ts'
import { objectOf, objectsOf, type Json, type JsonObject } from '../../json.ts'
import { toNativeFinishReason } from './finish-reason.ts'
import { formatCitation } from './format-citation.ts'
import { formatUsage } from './format-usage.ts'

/** Writes an answer. Images, which the format has no part for, become Markdown in the text. */
export function formatResponse({ id, choices, usage }: ChatResponse): JsonObject {
  const [choice] = choices
  const logprobs = formatLogprobs(choice?.logprobs)
  return {
    id,
    message: formatMessage(choice?.message ?? { role: 'assistant', content: '' }),
    finish_reason: toNativeFinishReason(choice ?? { finish_reason: 'stop' }),
    usage: formatUsage(usage),
    ...(logprobs && { logprobs }),
  }
}

function formatMessage(message: AssistantMessage): JsonObject {
  const { reasoning_content, tool_calls = [], annotations = [] } = message
  const text = textOf(message)
  const content = [
    ...(reasoning_content ? [{ type: 'thinking', thinking: reasoning_content }] : []),
    ...(text === '' && tool_calls.length > 0 ? [] : [{ type: 'text', text }]),
  ]
  const calls = tool_calls.map(({ id, type, function: called }): JsonObject => ({ id, type, function: { ...called } }))
  const citations = annotations.map((annotation) => formatCitation(annotation, text))
  return {
    role: 'assistant',
    ...(content.length > 0 && { content }),
    ...(calls.length > 0 && { tool_calls: calls }),
    ...(citations.length > 0 && { citations }),
  }
}

function textOf({ content, refusal, images = [] }: AssistantMessage): string {
  const said = typeof content === 'string' ? content : (content ?? []).map(({ text }) => text).join('')
  const pictures = images.map(({ image_url }) => `![image](${image_url.url})`)
  return [said || (refusal ?? ''), ...pictures].filter((text) => text !== '').join('\n\n')
}

/** One piece for each token of OpenAI's list. */
export function formatLogprobs(logprobs: Json | undefined): JsonObject[] | undefined {
  const tokens = objectsOf(objectOf(logprobs)?.['content'])
  if (tokens.length === 0) return undefined
  return tokens.map(({ token, logprob }) => ({ text: token, token_ids: [], logprobs: [logprob ?? 0] }))
}
