import type { ChatRequest, ContentPart, Message, Tool, ToolChoice } from '../../chat.ts'
import { compact, type Json, type JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import type { WireContext, WireRequest } from '../../wire-format.ts'

/**
 * Writes a request for callers of other formats. Dropped with a warning: `top_k`, `cache_control`, reasoning of earlier
 * turns, server tools of other vendors.
 * @throws WireError `unsupported` for documents by URL.
 */
export function formatRequest(request: ChatRequest, context: WireContext): WireRequest {
  const warnings = new Set<string>()
  const { tools, tool_choice, stop, thinking, top_k, extra, stream, stream_options: _, messages, ...same } = request
  if (top_k !== undefined) warnings.add('top_k')
  for (const field of Object.keys(extra ?? {})) warnings.add(field)

  const declared = tools?.flatMap((tool) => formatTool(tool, warnings))
  const effort = request.reasoning_effort ?? effortOf(thinking)
  const body = {
    ...same,
    model: context.model,
    messages: messages.flatMap((message, index) => formatMessage(message, { param: `messages[${index}]`, warnings })),
    tools: declared?.length ? declared : undefined,
    tool_choice: declared?.length ? formatToolChoice(tool_choice) : undefined,
    stop: stop?.length ? stop : undefined,
    reasoning_effort: effort,
    stream,
    stream_options: stream ? { include_usage: true } : undefined,
  }
  return { body: toJson(compact(body)), warnings: [...warnings] }
}

/** Canonical values are plain JSON whose declared shape is narrower than `JsonObject`. */
function toJson(value: object): JsonObject {
  return { ...value }
}

/** Reasoning budgets in OpenAI's words: up to 4,096 tokens is low, up to 16,384 medium, more is high. */
function effortOf(thinking: ChatRequest['thinking']): string | undefined {
  const budget = thinking?.budget_tokens
  if (thinking?.type !== 'enabled' || budget === undefined) return undefined
  if (budget <= 4096) return 'low'
  return budget <= 16_384 ? 'medium' : 'high'
}

function formatTool(tool: Tool, warnings: Set<string>): JsonObject[] {
  if (tool.type === 'function') return [{ type: 'function', function: toJson(tool.function) }]
  if (tool.format === 'openai-chat') return [tool.tool]
  warnings.add(`tools.${String(tool.tool['type'] ?? 'server')}`)
  return []
}

function formatToolChoice(choice: ToolChoice | undefined): Json | undefined {
  if (choice === undefined || typeof choice === 'string') return choice
  if (choice.type === 'function') return { type: 'function', function: { name: choice.function.name } }
  const tools = choice.names.map((name) => ({ type: 'function', function: { name } }))
  return { type: 'allowed_tools', allowed_tools: { mode: choice.mode, tools } }
}

interface MessageContext {
  param: string
  warnings: Set<string>
}

function formatMessage(message: Message, context: MessageContext): JsonObject[] {
  const { warnings } = context
  switch (message.role) {
    case 'assistant': {
      const { reasoning_content, reasoning_details, annotations: _, images, tool_calls, content, ...rest } = message
      if (reasoning_content || reasoning_details?.length) warnings.add('messages.reasoning')
      if (images?.length) warnings.add('messages.images')
      const calls = tool_calls?.map(({ id, type, function: called }) => ({ id, type, function: toJson(called) }))
      const said = typeof content === 'string' || content === null ? content : content.map(({ text }) => text).join('')
      return [{ ...toJson(rest), content: said, ...(calls && { tool_calls: calls }) }]
    }
    case 'tool':
      return formatToolResult(message, context)
    default:
      return [{ ...message, content: formatContent(message.content, context) }]
  }
}

/** Tool results hold text only; what else a tool returned follows as the user's words. */
function formatToolResult(message: Extract<Message, { role: 'tool' }>, context: MessageContext): JsonObject[] {
  const { content, tool_call_id, is_error } = message
  if (is_error) context.warnings.add('messages.is_error')
  if (typeof content === 'string') return [{ role: 'tool', tool_call_id, content }]
  const text = content.flatMap((part) => (part.type === 'text' ? part.text : [])).join('\n')
  const media = content.filter((part) => part.type !== 'text')
  const result = { role: 'tool', tool_call_id, content: text }
  if (media.length === 0) return [result]
  return [result, { role: 'user', content: media.map((part) => formatPart(part, context)) }]
}

function formatContent(content: string | ContentPart[], context: MessageContext): Json {
  return typeof content === 'string' ? content : content.map((part) => formatPart(part, context))
}

function formatPart(part: ContentPart, { param, warnings }: MessageContext): JsonObject {
  if ('cache_control' in part) warnings.add('cache_control')
  if (part.type === 'text') return { type: 'text', text: part.text }
  if (part.type === 'image_url') return { type: 'image_url', image_url: toJson(part.image_url) }
  if (part.type === 'input_audio') return { type: 'input_audio', input_audio: toJson(part.input_audio) }
  if (part.citations?.enabled) warnings.add('citations')
  const { file_url, ...file } = part.file
  if (file_url !== undefined) {
    throw new WireError('unsupported', 'This provider takes no documents by URL: send the document itself.', param)
  }
  return { type: 'file', file: toJson(file.file_data && !file.filename ? { ...file, filename: 'document' } : file) }
}
