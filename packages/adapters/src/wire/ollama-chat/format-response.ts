import type { AssistantMessage, ChatResponse, ToolCall } from '../../chat.ts'
import { objectOf, parseObject, type Json, type JsonObject } from '../../json.ts'
import type { WireContext } from '../../wire-format.ts'
import { toDoneReason } from './finish-reason.ts'
import { formatTimes } from './format-times.ts'

/** Writes an answer. Images, which the format has no place for, become Markdown in the text. */
export function formatResponse({ model, created, choices, usage }: ChatResponse, context: WireContext): JsonObject {
  const [choice] = choices
  const startedAt = created * 1000
  return {
    model: model || context.model,
    created_at: new Date(startedAt).toISOString(),
    message: formatMessage(choice?.message ?? { role: 'assistant', content: '' }),
    done: true,
    done_reason: toDoneReason(choice?.finish_reason),
    ...formatLogprobs(choice?.logprobs),
    ...formatTimes({ usage, startedAt, firstAt: startedAt, endedAt: context.now() }),
  }
}

function formatMessage(message: AssistantMessage): JsonObject {
  const { reasoning_content, tool_calls = [] } = message
  return {
    role: 'assistant',
    content: textOf(message),
    ...(reasoning_content && { thinking: reasoning_content }),
    ...(tool_calls.length > 0 && { tool_calls: tool_calls.map((call, index) => formatToolCall(call, index)) }),
  }
}

/** Arguments that were cut are no object, and are left out. */
export function formatToolCall({ id, function: { name, arguments: words } }: ToolCall, index: number): JsonObject {
  return { id, function: { index, name, arguments: parseObject(words) ?? {} } }
}

function textOf({ content, refusal, images = [] }: AssistantMessage): string {
  const said = typeof content === 'string' ? content : (content ?? []).map(({ text }) => text).join('')
  const pictures = images.map(({ image_url }) => `![image](${image_url.url})`)
  return [said || (refusal ?? ''), ...pictures].filter((text) => text !== '').join('\n\n')
}

/** OpenAI's list, without its frame. */
export function formatLogprobs(logprobs: Json | undefined): JsonObject {
  const content = objectOf(logprobs)?.['content']
  return Array.isArray(content) ? { logprobs: content } : {}
}
