import type { LanguageModelV4Message, LanguageModelV4Prompt } from '@ai-sdk/provider'
import type { AssistantMessage, ContentPart, Message, ReasoningDetail, ToolMessage } from '../chat.ts'
import { parseObject } from '../json.ts'
import { readMetadata } from './metadata.ts'
import { toFilePart } from './to-file-part.ts'

type Part<Role extends LanguageModelV4Message['role']> = Exclude<
  Extract<LanguageModelV4Message, { role: Role }>['content'],
  string
>[number]

/** A conversation as the AI SDK's models take it. */
export function toPrompt(messages: readonly Message[]): LanguageModelV4Prompt {
  const names = new Map(
    messages.flatMap((message) =>
      message.role === 'assistant'
        ? (message.tool_calls ?? []).map((call): [string, string] => [call.id, call.function.name])
        : [],
    ),
  )
  return messages.map((message): LanguageModelV4Message => {
    if (message.role === 'tool')
      return { role: 'tool', content: [toResultPart(message, names.get(message.tool_call_id))] }
    if (message.role === 'user') return { role: 'user', content: partsOf(message.content).map(toUserPart) }
    if (message.role === 'assistant') return { role: 'assistant', content: toAssistantParts(message) }
    return { role: 'system', content: textOf(message.content) }
  })
}

const textOf = (content: string | readonly { text: string }[]): string =>
  typeof content === 'string' ? content : content.map(({ text }) => text).join('\n')

const partsOf = (content: string | readonly ContentPart[]): readonly ContentPart[] =>
  typeof content === 'string' ? [{ type: 'text', text: content }] : content

function toUserPart(part: ContentPart): Part<'user'> {
  return part.type === 'text' ? { type: 'text', text: part.text } : toFilePart(part)
}

function toAssistantParts(message: AssistantMessage): Part<'assistant'>[] {
  const { content, reasoning_content: reasoning, reasoning_details: details = [], tool_calls: calls = [] } = message
  const blocks = details.filter(({ type }) => type !== 'reasoning.encrypted')
  const plain: ReasoningDetail[] = reasoning ? [{ type: 'reasoning.text', text: reasoning }] : []
  const thoughts = blocks.length > 0 ? blocks : plain
  return [
    ...thoughts.map((block): Part<'assistant'> => ({
      type: 'reasoning',
      text: block.text ?? '',
      ...readMetadata(block),
    })),
    ...partsOf(content ?? '').flatMap((part): Part<'assistant'>[] =>
      part.type === 'text' && part.text !== '' ? [{ type: 'text', text: part.text }] : [],
    ),
    ...calls.map((call): Part<'assistant'> => ({
      type: 'tool-call',
      toolCallId: call.id,
      toolName: call.function.name,
      input: parseObject(call.function.arguments) ?? {},
      ...readMetadata(details.find(({ id, type }) => type === 'reasoning.encrypted' && id === call.id)),
    })),
  ]
}

function toResultPart(message: ToolMessage, called = message.name): Part<'tool'> {
  const { tool_call_id: toolCallId, content, is_error: isError } = message
  const result = { type: 'tool-result' as const, toolCallId, toolName: called ?? '' }
  if (typeof content === 'string' || content.every((part) => part.type === 'text')) {
    const value = textOf(partsOf(content).map((part) => ({ text: part.type === 'text' ? part.text : '' })))
    return { ...result, output: { type: isError ? 'error-text' : 'text', value } }
  }
  const value = content.map((part) =>
    part.type === 'text' ? { type: 'text' as const, text: part.text } : toFilePart(part),
  )
  return { ...result, output: { type: 'content', value } }
}
