import type { AssistantMessage, ChatRequest, ContentPart, Message, ToolMessage, UserMessage } from '../../chat.ts'
import type { Json, JsonObject } from '../../json.ts'
import { readStandInInput } from './custom-tool.ts'
import { formatContentPart, type ContentContext } from './format-content-part.ts'
import { formatId } from './format-id.ts'
import { formatReasoningItems } from './format-reasoning-items.ts'
import { toolNamesOf } from './tool-names.ts'

interface InputContext {
  warnings: Set<string>
  /** Ids of the calls of custom tools. */
  customCalls: ReadonlySet<string>
}

/** Messages as items, each where it was. A message that came in this format's own items goes out as those. */
export function formatInput(
  messages: readonly Message[],
  { request, warnings }: { request: ChatRequest; warnings: Set<string> },
): JsonObject[] {
  const context = { warnings, customCalls: customCallsOf(request) }
  return messages.flatMap((message, index) =>
    formatMessage(message, { ...context, param: `messages[${index}].content` }),
  )
}

function customCallsOf(request: ChatRequest): ReadonlySet<string> {
  const { custom } = toolNamesOf(request)
  const calls = request.messages.flatMap((message) => (message.role === 'assistant' ? (message.tool_calls ?? []) : []))
  return new Set(calls.filter((call) => call.custom ?? custom.has(call.function.name)).map(({ id }) => id))
}

type MessageContext = InputContext & ContentContext

function formatMessage(message: Message, context: MessageContext): JsonObject[] {
  switch (message.role) {
    case 'assistant':
      return formatAssistant(message, context)
    case 'tool':
      return [formatToolOutput(message, context)]
    case 'user':
      return formatUser(message, context)
    default:
      if (message.name !== undefined) context.warnings.add('messages.name')
      return [{ role: message.role, content: formatContent(message.content, context) }]
  }
}

function formatUser({ content, name, native }: UserMessage, context: MessageContext): JsonObject[] {
  if (native?.format === formatId) return native.content
  if (native) context.warnings.add(context.param)
  if (name !== undefined) context.warnings.add('messages.name')
  return [{ role: 'user', content: formatContent(content, context) }]
}

function formatAssistant(message: AssistantMessage, context: MessageContext): JsonObject[] {
  const { content, refusal, tool_calls = [], images, audio, native, source } = message
  const own = native ?? source
  if (own?.format === formatId) {
    if (isForeign(message)) context.warnings.add('messages.reasoning_details')
    return own.content
  }
  if (native) context.warnings.add(context.param)
  if (images?.length) context.warnings.add('messages.images')
  if (audio) context.warnings.add('messages.audio')
  if (isForeign(message)) context.warnings.add('messages.reasoning_details')
  const said = Array.isArray(content) ? content.map(({ text }) => text).join('') : content
  const text = said || (refusal ?? '')
  return [
    ...formatReasoningItems(message.reasoning_details ?? []),
    ...(text === '' ? [] : [{ role: 'assistant', content: text }]),
    ...tool_calls.map(({ id, function: { name, arguments: words } }): JsonObject => {
      const isCustom = context.customCalls.has(id)
      return isCustom
        ? { type: 'custom_tool_call', call_id: id, name, input: readStandInInput(words) }
        : { type: 'function_call', call_id: id, name, arguments: words }
    }),
  ]
}

/** Reasoning is accepted again only by the vendor that made it. */
function isForeign({ reasoning_content, reasoning_details: details = [] }: AssistantMessage): boolean {
  return details.length === 0 ? Boolean(reasoning_content) : details.some(({ format }) => format !== formatId)
}

function formatToolOutput(message: ToolMessage, context: MessageContext): JsonObject {
  const { tool_call_id: id, content, is_error, cache_control, source } = message
  const [item] = source?.format === formatId ? source.content : []
  if (item) return item
  if (is_error) context.warnings.add('messages.is_error')
  if (cache_control) context.warnings.add('cache_control')
  const type = context.customCalls.has(id) ? 'custom_tool_call_output' : 'function_call_output'
  return { type, call_id: id, output: formatContent(content, context) }
}

function formatContent(content: string | readonly ContentPart[], { param, warnings }: ContentContext): Json {
  if (typeof content === 'string') return content
  return content.map((part, index) => formatContentPart(part, { param: `${param}[${index}]`, warnings }))
}
