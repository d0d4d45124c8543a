import type { ChatResponse, Choice, ToolCall } from '../../chat.ts'
import { compact, parseObject, type JsonObject } from '../../json.ts'
import { formatResponse as formatCompletion } from '../openai-chat/format-response.ts'
import { formatUsage } from '../openai-chat/format-usage.ts'

/**
 * Writes the REST API's envelope; `result` alone is what the binding returns. An answer with several choices is a chat
 * completion, as newer models give it. What the native shape lacks (ids, finish reason, reasoning, citations, images)
 * stands beside `response` under its OpenAI name.
 */
export function formatResponse(response: ChatResponse): JsonObject {
  const [choice, second] = response.choices
  const result = second || !choice ? formatCompletion(response) : formatResult(response, choice)
  return { result, success: true, errors: [], messages: [] }
}

function formatResult({ id, model, created, usage }: ChatResponse, choice: Choice): JsonObject {
  const { content, refusal, tool_calls, role: _, native: __, ...said } = choice.message
  const text = typeof content === 'string' ? content : content?.map((part) => part.text).join('')
  const fields: Record<string, unknown> = {
    ...said,
    refusal: refusal ?? undefined,
    logprobs: choice.logprobs ?? undefined,
  }
  return {
    response: text ?? null,
    ...(tool_calls?.length && { tool_calls: tool_calls.map(formatToolCall) }),
    ...toJson(compact(fields)),
    finish_reason: choice.finish_reason,
    ...(usage && { usage: formatUsage(usage) }),
    id,
    model,
    created,
  }
}

/** A signature that the maker of the call wants back goes along. */
function formatToolCall({ id, function: called, extra_content }: ToolCall): JsonObject {
  const signed = extra_content ? { extra_content: { ...extra_content } } : {}
  return { id, name: called.name, arguments: parseObject(called.arguments) ?? {}, ...signed }
}

/** Canonical values are plain JSON whose declared shape is narrower than `JsonObject`. */
function toJson(value: object): JsonObject {
  return { ...value }
}
