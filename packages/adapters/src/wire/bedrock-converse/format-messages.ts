import type { Message, SystemMessage, ToolMessage } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import { createDocumentNamer } from './create-document-namer.ts'
import { formatAssistant, type AssistantContext } from './format-assistant.ts'
import { formatCachePoint, formatContent } from './format-content.ts'
import { formatId } from './format-id.ts'
import { toToolId } from './to-tool-id.ts'

interface Conversation {
  system: JsonObject[] | undefined
  messages: JsonObject[]
}

interface Turn {
  role: 'user' | 'assistant'
  content: JsonObject[]
}

export interface MessagesContext {
  model: string
  warnings: Set<string>
}

/**
 * System messages from anywhere become `system`; the rest becomes turns that alternate and begin with the user's, with
 * tool results first in their turn.
 * @throws WireError `unsupported` when nobody says anything, and for media that the API doesn't take.
 */
export function formatMessages(messages: readonly Message[], { model, warnings }: MessagesContext): Conversation {
  const nameDocument = createDocumentNamer()
  const turns: Turn[] = []
  const system: JsonObject[] = []
  for (const [index, message] of messages.entries()) {
    const context = { param: `messages[${index}].content`, model, warnings, nameDocument }
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
  if (turns.length > 0) {
    return { system: system.length > 0 ? system : undefined, messages: formatTurns(turns, warnings) }
  }
  if (system.length === 0) {
    throw new WireError('unsupported', 'Amazon Bedrock needs a user message with content.', 'messages')
  }
  warnings.add('messages[0].role')
  return { system: undefined, messages: [{ role: 'user', content: system }] }
}

const isSystem = (message: Message): message is SystemMessage =>
  message.role === 'system' || message.role === 'developer'

function formatTurns(turns: Turn[], warnings: Set<string>): JsonObject[] {
  const last = turns.at(-1)
  const formatted = turns.map((turn): JsonObject => {
    if (turn.role === 'user') return { role: 'user', content: withText(resultsFirst(turn.content), warnings) }
    return { role: 'assistant', content: turn === last ? trimEnd(turn.content) : turn.content }
  })
  if (turns.at(0)?.role === 'user') return formatted
  warnings.add('messages[0]')
  return [{ role: 'user', content: [{ text: '.' }] }, ...formatted]
}

/** Claude wants the results of calls before any other block of the turn; a cache point stays behind its result. */
function resultsFirst(blocks: JsonObject[]): JsonObject[] {
  const isResult = (block: JsonObject | undefined): boolean => block?.['toolResult'] !== undefined
  const isWithResult = (block: JsonObject, index: number): boolean =>
    isResult(block) || (block['cachePoint'] !== undefined && isResult(blocks[index - 1]))
  const results = blocks.filter(isWithResult)
  return [...results, ...blocks.filter((block) => !results.includes(block))]
}

/** A turn with a document must have text too. */
function withText(blocks: JsonObject[], warnings: Set<string>): JsonObject[] {
  const hasDocument = blocks.some((block) => block['document'] !== undefined)
  if (!hasDocument || blocks.some((block) => block['text'] !== undefined)) return blocks
  warnings.add('messages.content')
  return [...blocks, { text: '.' }]
}

/** A last turn of the assistant is the beginning of its answer and must not end in white space. */
function trimEnd(blocks: JsonObject[]): JsonObject[] {
  const last = blocks.at(-1)
  if (typeof last?.['text'] !== 'string') return blocks
  return [...blocks.slice(0, -1), { ...last, text: last['text'].trimEnd() }]
}

type TurnMessage = Exclude<Message, SystemMessage>

function formatMessage(message: TurnMessage, context: AssistantContext): JsonObject[] {
  if (message.role === 'tool') return formatToolResult(message, context)
  if (message.native?.format === formatId) return message.native.content
  if (message.native) context.warnings.add(context.param)
  if (message.role === 'assistant') return formatAssistant(message, context)
  if (message.name !== undefined) context.warnings.add('messages.name')
  return formatContent(message.content, context)
}

function formatToolResult(message: ToolMessage, context: AssistantContext): JsonObject[] {
  const blocks = formatContent(message.content, context)
  const result = {
    toolUseId: toToolId(message.tool_call_id),
    content: blocks.filter((block) => block['cachePoint'] === undefined),
    status: message.is_error === true ? 'error' : 'success',
  }
  const control = message.cache_control
  const inner = blocks.find((block) => block['cachePoint'] !== undefined)
  return [{ toolResult: result }, ...(control ? formatCachePoint(control) : inner ? [inner] : [])]
}
