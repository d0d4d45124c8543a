import { emptyAsk } from '../ask.ts'
import type { Ask, Block } from '../ask.ts'
import { countAttachment, countCall, countTool, countWords } from '../usage.ts'
import { dataUrlType, imageTypeOfUrl } from './media.ts'
import type { Dialect } from './openai-chat-dialects.ts'
import type { ChatMessage, ChatRequest, ChatTool } from './openai-chat-request.ts'

/** Hidden reasoning tokens by `reasoning_effort`. */
const effortTokens = { none: 0, minimal: 0, low: 16, medium: 64, high: 256, xhigh: 512 } as const

/** What a chat-completions request means. */
export function toChatAsk(request: ChatRequest, model: string, dialect: Dialect): Ask {
  const tools = (request.tools ?? []).map(toTool)
  const lastUser = request.messages.findLast((message) => message.role === 'user')
  return {
    ...emptyAsk,
    ...toolChoice(request),
    stream: request.stream ?? false,
    blocks: [...tools.map(toToolBlock), ...request.messages.map(toBlock)],
    userText: lastUser ? textOf(lastUser) : '',
    attachments: request.messages.flatMap(attachmentsOf),
    toolResults: lastResults(request.messages),
    tools,
    parallelTools: request.parallel_tool_calls ?? true,
    maxTokens: request.max_completion_tokens ?? request.max_tokens ?? Infinity,
    stops: typeof request.stop === 'string' ? [request.stop] : (request.stop ?? []),
    reasoning: reasoning(request, model, dialect),
    choices: request.n ?? 1,
    cache: cacheRule(request.prompt_cache_key),
    ...schema(request),
  }
}

/** Prompt tokens that are audio: 100 for each attached clip. */
export function audioTokens(ask: Ask): number {
  return ask.attachments
    .filter((type) => type.startsWith('audio'))
    .reduce((sum, type) => sum + countAttachment(type), 0)
}

function cacheRule(key: string | undefined): Ask['cache'] {
  if (key !== undefined) return { by: 'prefix', key, minTokens: 0, step: 1 }
  return { by: 'prefix', key: '', minTokens: 1024, step: 128 }
}

function reasoning(request: ChatRequest, model: string, dialect: Dialect): Ask['reasoning'] {
  if (model.includes('reasoner')) return { visibility: 'visible' }
  const effort = request.reasoning_effort
  if (!effort || effort === 'none') return { visibility: 'none' }
  if (dialect.reasoningField) return { visibility: 'visible' }
  return { visibility: 'hidden', hiddenTokens: effortTokens[effort] }
}

function schema({ response_format: format }: ChatRequest): Pick<Ask, 'schema'> {
  if (format?.type === 'json_object') return { schema: { type: 'object', properties: { answer: { type: 'string' } } } }
  return format?.type === 'json_schema' ? { schema: format.json_schema.schema ?? { type: 'object' } } : {}
}

function toolChoice({ tool_choice: choice }: ChatRequest): Pick<Ask, 'toolChoice' | 'allowedTools'> {
  if (choice === undefined) return { toolChoice: 'auto', allowedTools: [] }
  if (typeof choice === 'string') return { toolChoice: choice, allowedTools: [] }
  if (choice.type === 'function') return { toolChoice: 'required', allowedTools: [choice.function.name] }
  const { mode, tools } = choice.allowed_tools
  return { toolChoice: mode, allowedTools: tools.map((tool) => tool.function.name) }
}

function toTool({ function: { name, description = '', parameters } }: ChatTool): Ask['tools'][number] {
  return { name, description, schema: parameters }
}

function toToolBlock(tool: Ask['tools'][number]): Block {
  return { digest: JSON.stringify(tool), tokens: countTool(tool) }
}

function toBlock(message: ChatMessage): Block {
  const calls = message.role === 'assistant' ? (message.tool_calls ?? []) : []
  const callTokens = calls.reduce((sum, { function: { name, arguments: input } }) => sum + countCall(name, input), 0)
  const attached = attachmentsOf(message).reduce((sum, type) => sum + countAttachment(type), 0)
  return { digest: JSON.stringify(message), tokens: countWords(textOf(message)) + callTokens + attached }
}

/** All text of a message, its parts joined by a line break. */
function textOf({ content }: ChatMessage): string {
  if (typeof content === 'string') return content
  return (content ?? []).flatMap((part) => ('text' in part ? [part.text] : [])).join('\n')
}

function attachmentsOf(message: ChatMessage): string[] {
  if (message.role !== 'user' || typeof message.content === 'string') return []
  return message.content.flatMap((part) => {
    if (part.type === 'image_url') return [dataUrlType(part.image_url.url) ?? imageTypeOfUrl(part.image_url.url)]
    if (part.type === 'input_audio') return [`audio/${part.input_audio.format}`]
    return part.type === 'file' ? [dataUrlType(part.file.file_data ?? '') ?? 'application/pdf'] : []
  })
}

function lastResults(messages: ChatMessage[]): string[] {
  const start = messages.findLastIndex((message) => message.role !== 'tool') + 1
  return messages.slice(start).map(textOf)
}
