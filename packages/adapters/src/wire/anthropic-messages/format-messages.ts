import type { AssistantMessage, Message, ReasoningDetail, SystemMessage, TextPart, ToolMessage } from '../../chat.ts'
import { parseObject, type JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import { formatContent, type ContentContext } from './format-content.ts'
import { formatId } from './format-id.ts'

interface Conversation {
  system: string | JsonObject[] | undefined
  messages: JsonObject[]
}

interface Turn {
  role: 'user' | 'assistant'
  content: JsonObject[]
}

/**
 * System messages from anywhere become `system`; the rest becomes turns that alternate and begin with the user's, with
 * tool results first in their turn.
 */
export function formatMessages(messages: readonly Message[], warnings: Set<string>): Conversation {
  const turns: Turn[] = []
  const system: JsonObject[] = []
  for (const [index, message] of messages.entries()) {
    const context = { param: `messages[${index}].content`, warnings }
    if (isSystem(message)) {
      system.push(...formatContent(message.content, context))
      continue
    }
    const role = message.role === 'assistant' ? 'assistant' : 'user'
    const content = formatMessage(message, context)
    const last = turns.at(-1)
    if (last?.role === role) last.content.push(...content)
    else if (content.length > 0) turns.push({ role, content })
  }
  if (turns.length > 0) return { system: formatSystem(system), messages: formatTurns(turns, warnings) }
  if (system.length === 0) {
    throw new WireError('unsupported', 'The Messages API needs a user message with content.', 'messages')
  }
  warnings.add('messages[0].role')
  return { system: undefined, messages: [{ role: 'user', content: system }] }
}

const isSystem = (message: Message): message is SystemMessage =>
  message.role === 'system' || message.role === 'developer'

function formatSystem(blocks: JsonObject[]): Conversation['system'] {
  const [only, second] = blocks
  if (only === undefined) return undefined
  const isPlain = second === undefined && only['cache_control'] === undefined
  return isPlain && typeof only['text'] === 'string' ? only['text'] : blocks
}

function formatTurns(turns: Turn[], warnings: Set<string>): JsonObject[] {
  const last = turns.at(-1)
  const formatted = turns.map((turn): JsonObject => {
    if (turn.role === 'user') return { role: 'user', content: resultsFirst(turn.content) }
    return { role: 'assistant', content: turn === last ? trimEnd(turn.content) : turn.content }
  })
  if (turns.at(0)?.role === 'user') return formatted
  warnings.add('messages[0]')
  return [{ role: 'user', content: [{ type: 'text', text: '.' }] }, ...formatted]
}

/** The API wants the results of calls before any other block of the turn. */
function resultsFirst(blocks: JsonObject[]): JsonObject[] {
  const isResult = (block: JsonObject): boolean => block['type'] === 'tool_result'
  return [...blocks.filter(isResult), ...blocks.filter((block) => !isResult(block))]
}

/** A last turn of the assistant is the beginning of its answer and must not end in white space. */
function trimEnd(blocks: JsonObject[]): JsonObject[] {
  const last = blocks.at(-1)
  if (typeof last?.['text'] !== 'string') return blocks
  return [...blocks.slice(0, -1), { ...last, text: last['text'].trimEnd() }]
}

type TurnMessage = Exclude<Message, SystemMessage>

function formatMessage(message: TurnMessage, context: ContentContext): JsonObject[] {
  if (message.role === 'tool') return [formatToolResult(message, context)]
  if (message.native?.format === formatId) return message.native.content
  if (message.native) context.warnings.add(context.param)
  if (message.role === 'assistant') return formatAssistant(message, context)
  if (message.name !== undefined) context.warnings.add('messages.name')
  return formatContent(message.content, context)
}

function formatToolResult(message: ToolMessage, context: ContentContext): JsonObject {
  const { content, is_error, cache_control } = message
  const said = typeof content === 'string' ? content : formatContent(content, context)
  return {
    type: 'tool_result',
    tool_use_id: toToolId(message.tool_call_id),
    ...(said.length > 0 && { content: said }),
    ...(is_error !== undefined && { is_error }),
    ...(cache_control && { cache_control: { ...cache_control } }),
  }
}

function formatAssistant(message: AssistantMessage, context: ContentContext): JsonObject[] {
  const { content, refusal, tool_calls = [], images, audio } = message
  if (images?.length) context.warnings.add('messages.images')
  if (audio) context.warnings.add('messages.audio')
  const said: readonly TextPart[] = typeof content === 'string' ? [{ type: 'text', text: content }] : (content ?? [])
  const text: TextPart[] = said.length === 0 && refusal ? [{ type: 'text', text: refusal }] : [...said]
  return [
    ...formatReasoning(message, context),
    ...formatContent(text, context),
    ...tool_calls.map(({ id, function: called, cache_control }): JsonObject => ({
      type: 'tool_use',
      id: toToolId(id),
      name: called.name,
      input: parseObject(called.arguments) ?? {},
      ...(cache_control && { cache_control: { ...cache_control } }),
    })),
  ]
}

/** Only thinking with the API's own signature is accepted again. */
function formatReasoning(message: AssistantMessage, { warnings }: ContentContext): JsonObject[] {
  const details = message.reasoning_details ?? []
  const blocks = details.flatMap(formatDetail)
  const isLost = blocks.length < details.length || (details.length === 0 && Boolean(message.reasoning_content))
  if (isLost) warnings.add('messages.reasoning_details')
  return blocks
}

function formatDetail({ format, text, signature, data }: ReasoningDetail): JsonObject[] {
  if (format !== undefined && format !== formatId) return []
  if (signature) return [{ type: 'thinking', thinking: text ?? '', signature }]
  return data ? [{ type: 'redacted_thinking', data }] : []
}

/** The API's ids are letters, digits, `_` and `-`; those of other vendors may not be. */
const toToolId = (id: string): string => id.replaceAll(/[^\w-]/g, '_')
