import type { ChatRequest, Message } from '../../chat.ts'
import type { WireContext, WireRequest } from '../../wire-format.ts'
import { adoptServerTools } from '../../server-tools/adopt-server-tools.ts'
import { WireError } from '../../wire-error.ts'
import { formatRequest as formatChat } from '../openai-chat/format-request.ts'
import { formatId } from './format-id.ts'

/** Fields of a chat that a completion has no words for. */
const foreign = ['tools', 'tool_choice', 'parallel_tool_calls', 'response_format', 'reasoning_effort'] as const

/**
 * Writes a prompt: the user's text alone, or a transcript that ends where the assistant is to speak.
 * @throws WireError `unsupported` for what is not text.
 */
export function formatRequest(asked: ChatRequest, context: WireContext): WireRequest {
  const dropped = new Set<string>()
  const request = adoptServerTools(asked, { format: formatId, model: context.model, warnings: dropped })
  if (request.tools?.length)
    throw new WireError('unsupported', 'This model completes text and cannot call tools.', 'tools')
  const { body, warnings } = formatChat(request, context)
  const { messages: _, max_completion_tokens: limit, logprobs, top_logprobs: top, ...rest } = body
  for (const field of foreign) delete rest[field]
  return {
    body: {
      ...rest,
      prompt: promptOf(request.messages),
      ...(limit !== undefined && { max_tokens: limit }),
      ...(logprobs === true && { logprobs: top ?? 0 }),
    },
    warnings: [
      ...dropped,
      ...warnings,
      ...unsaidIn(request.messages),
      ...foreign.filter((field) => body[field] !== undefined),
    ],
  }
}

/** What messages have that a transcript does not say. */
function unsaidIn(messages: readonly Message[]): string[] {
  const isNamed = messages.some((message) => message.role !== 'tool' && 'name' in message)
  const hasCalls = messages.some((message) => message.role === 'assistant' && message.tool_calls?.length)
  return [...(isNamed ? ['messages.name'] : []), ...(hasCalls ? ['messages.tool_calls'] : [])]
}

function promptOf(messages: readonly Message[]): string {
  const [only] = messages
  if (messages.length === 1 && only?.role === 'user') return textOf(only)
  const turns = messages.map((message) => `${names[message.role]}${textOf(message)}`)
  return `${turns.join('\n\n')}\n\nAssistant:`
}

const names: Readonly<Record<Message['role'], string>> = {
  system: '',
  developer: '',
  user: 'User: ',
  assistant: 'Assistant: ',
  tool: 'Tool: ',
}

function textOf({ content }: Message): string {
  if (typeof content === 'string') return content
  return (content ?? [])
    .map((part) => {
      if (part.type === 'text') return part.text
      throw new WireError('unsupported', 'This model completes text and takes no images or files.', 'messages')
    })
    .join('')
}
