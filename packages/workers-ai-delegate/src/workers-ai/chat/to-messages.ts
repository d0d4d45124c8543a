import type { LanguageModelV4Message, LanguageModelV4Prompt, SharedV4Warning } from '@ai-sdk/provider'
import type { ContentPart, MessageToolCall, RunMessage } from './run-message.ts'
import { toModelToolCallId } from './tool-call-id.ts'
import { toToolResult } from './to-tool-result.ts'
import { toUserContent } from './to-user-content.ts'

interface MessageContext {
  /** Whether the model takes images, so that those of tool results are kept. */
  seesImages: boolean
  /** Receives a line for whatever is left out. */
  warnings: SharedV4Warning[]
}

/**
 * A prompt as the messages of a run. Images that tools returned follow the last result in a user's message, as a tool's
 * own message holds text only. Throws for files that no model takes.
 */
export function toMessages(prompt: LanguageModelV4Prompt, context: MessageContext): RunMessage[] {
  const messages: RunMessage[] = []
  let images: ContentPart[] = []
  const flush = () => {
    if (images.length > 0) messages.push({ role: 'user', content: images })
    images = []
  }
  for (const message of prompt) {
    if (message.role !== 'tool') flush()
    const converted = toMessageGroup(message, context)
    messages.push(...converted.messages)
    images = [...images, ...converted.images]
  }
  flush()
  return messages
}

interface MessageGroup {
  messages: RunMessage[]
  images: ContentPart[]
}

function toMessageGroup(message: LanguageModelV4Message, context: MessageContext): MessageGroup {
  switch (message.role) {
    case 'system':
      return { messages: [{ role: 'system', content: message.content }], images: [] }
    case 'user':
      return { messages: [{ role: 'user', content: toUserContent(message.content) }], images: [] }
    case 'assistant': {
      const results = toResults(message.content, context)
      return { messages: [toAssistant(message.content, context), ...results.messages], images: results.images }
    }
    case 'tool':
      return toResults(message.content, context)
  }
}

type AssistantPart = Extract<LanguageModelV4Message, { role: 'assistant' }>['content'][number]
type ToolPart = Extract<LanguageModelV4Message, { role: 'tool' }>['content'][number]

/** Approvals are between the AI SDK and its user, so only results are told to the model. */
function toResults(parts: readonly (AssistantPart | ToolPart)[], context: MessageContext): MessageGroup {
  const results = parts.flatMap((part) => (part.type === 'tool-result' ? [toToolResult(part, context)] : []))
  return { messages: results.map(({ message }) => message), images: results.flatMap((result) => result.images) }
}

function toAssistant(parts: readonly AssistantPart[], { warnings }: MessageContext): RunMessage {
  const textOf = (type: 'text' | 'reasoning') =>
    parts.flatMap((part) => (part.type === type && 'text' in part ? [part.text] : [])).join('')
  const lost = new Set(parts.flatMap(({ type }) => (isLost(type) ? [type] : [])))
  for (const type of lost) {
    const message = `Workers AI takes no "${type}" parts in messages of the assistant; they were left out.`
    warnings.push({ type: 'other', message })
  }
  const reasoning = textOf('reasoning')
  const calls = parts.flatMap((part) => (part.type === 'tool-call' ? [toCall(part)] : []))
  return {
    role: 'assistant',
    content: textOf('text'),
    ...(reasoning !== '' && { reasoning }),
    ...(calls.length > 0 && { tool_calls: calls }),
  }
}

const isLost = (type: AssistantPart['type']): boolean => ['file', 'reasoning-file', 'custom'].includes(type)

function toCall({ toolCallId, toolName, input }: Extract<AssistantPart, { type: 'tool-call' }>): MessageToolCall {
  const called = { name: toolName, arguments: JSON.stringify(input ?? {}) }
  return { id: toModelToolCallId(toolCallId), type: 'function', function: called }
}
