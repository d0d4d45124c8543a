import type { ToolMessage } from '../../chat.ts'
import { parseObject, type JsonObject } from '../../json.ts'
import { formatPart, type PartContext } from './format-part.ts'

interface ResultContext extends PartContext {
  generation: number
  /** Name of the function that was called. */
  name: string
}

/**
 * The result of a call. Its text, when it is a JSON object, is the response itself, else `result` (or `error`). Media go
 * into the response from Gemini 3 on and follow it before.
 */
export function formatToolResult(message: ToolMessage, context: ResultContext): JsonObject[] {
  const { content, tool_call_id: id, is_error, cache_control } = message
  if (cache_control) context.warnings.add('cache_control')
  const parts = typeof content === 'string' ? [{ type: 'text' as const, text: content }] : content
  const text = parts.flatMap((part) => (part.type === 'text' ? part.text : [])).join('\n')
  const media = parts.filter((part) => part.type !== 'text').map((part) => formatPart(part, context))
  const response = is_error ? { error: text } : (parseObject(text) ?? { result: text })
  const inside = context.generation >= 300 && media.length > 0
  const functionResponse = { id, name: context.name, response, ...(inside && { parts: media }) }
  return [{ functionResponse }, ...(inside ? [] : media)]
}
