import { Rejection } from '../format.ts'
import type { ContentBlock, Message, MessagesRequest } from './anthropic-request.ts'
import { isBase64, isHttpUrl } from './media.ts'
import { isSigned } from './signature.ts'

/** Anthropic's rules between fields. Throws a Rejection. */
export function checkMessages(request: MessagesRequest): void {
  const { messages } = request
  if (messages[0]?.role !== 'user') throw new Rejection('messages: first message must use the "user" role')
  for (const [index, message] of messages.entries()) checkMessage(message, index, index === messages.length - 1)
  for (const [index, message] of messages.entries()) checkToolPairs(messages, message, index)
  if (Array.isArray(request.system)) {
    for (const [index, block] of request.system.entries()) checkText(block.text, `system.${index}`, 'system')
  }
  checkTools(request)
  checkThinking(request)
  checkBreakpoints(request)
}

/** The blocks of a message, whichever way its content was written. */
export function blocksOf({ content }: Message): ContentBlock[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content
}

function checkMessage(message: Message, index: number, isLast: boolean): void {
  const isFinalAssistant = isLast && message.role === 'assistant'
  if (message.content.length === 0 && !isFinalAssistant) {
    throw new Rejection(
      `messages.${index}: all messages must have non-empty content except for the optional final assistant message`,
    )
  }
  for (const [position, block] of blocksOf(message).entries()) {
    const at = `messages.${index}.content.${position}`
    if (block.type === 'text' && typeof message.content !== 'string') checkText(block.text, at, 'text')
    if (block.type === 'image' || block.type === 'document') checkSource(block, at)
    if (block.type === 'thinking' && !isSigned('anthropic', block.thinking, block.signature)) {
      throw new Rejection(`${at}: Invalid \`signature\` in \`thinking\` block`)
    }
  }
  const last = blocksOf(message).at(-1)
  if (isFinalAssistant && last?.type === 'text' && /\s$/.test(last.text)) {
    throw new Rejection('messages: final assistant content cannot end with trailing whitespace')
  }
}

function checkText(text: string, at: string, kind: string): void {
  if (text === '')
    throw new Rejection(
      `${at === '' ? kind : at.replace(/\.content\.\d+$/, '')}: text content blocks must be non-empty`,
    )
  if (text.trim() === '') throw new Rejection('messages: text content blocks must contain non-whitespace text')
}

function checkSource(block: Extract<ContentBlock, { type: 'image' | 'document' }>, at: string): void {
  const { source } = block
  if (source.type === 'base64' && !isBase64(source.data)) {
    throw new Rejection(`${at}.${block.type}.source.base64.data: The ${block.type} data provided is not valid base64`)
  }
  if (source.type === 'base64' && block.type === 'image' && !/^image\/(png|jpeg|gif|webp)$/.test(source.media_type)) {
    throw new Rejection(
      `${at}.image.source.base64.media_type: Input should be 'image/jpeg', 'image/png', 'image/gif' or 'image/webp'`,
    )
  }
  if (source.type === 'base64' && block.type === 'document' && source.media_type !== 'application/pdf') {
    throw new Rejection(`${at}.document.source.base64.media_type: Input should be 'application/pdf'`)
  }
  if (source.type === 'url' && !isHttpUrl(source.url))
    throw new Rejection(`${at}.${block.type}.source.url: Only HTTPS URLs are supported.`)
}

function checkToolPairs(messages: Message[], message: Message, index: number): void {
  const results = blocksOf(message).flatMap((block) => (block.type === 'tool_result' ? [block.tool_use_id] : []))
  const previous = new Set(index === 0 ? [] : callIds(messages[index - 1]))
  const stray = results.find((id) => !previous.has(id))
  if (stray !== undefined) {
    throw new Rejection(
      `messages.${index}.content.0: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${stray}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`,
    )
  }
  const calls = callIds(message)
  if (new Set(calls).size < calls.length) throw new Rejection(`messages.${index}: \`tool_use\` ids must be unique`)
  const next = messages[index + 1]
  const answered = new Set(
    next ? blocksOf(next).flatMap((block) => (block.type === 'tool_result' ? [block.tool_use_id] : [])) : [],
  )
  const open = calls.filter((id) => !answered.has(id))
  if (open.length > 0) {
    throw new Rejection(
      `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${open.join(', ')}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`,
    )
  }
}

function callIds(message: Message | undefined): string[] {
  return message ? blocksOf(message).flatMap((block) => (block.type === 'tool_use' ? [block.id] : [])) : []
}

function checkTools({ tools = [], tool_choice: choice, messages }: MessagesRequest): void {
  for (const [index, { name }] of tools.entries()) {
    if (!/^[a-zA-Z0-9_-]{1,128}$/.test(name)) {
      throw new Rejection(`tools.${index}.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'`)
    }
  }
  if (new Set(tools.map(({ name }) => name)).size < tools.length)
    throw new Rejection('tools: Tool names must be unique.')
  if (choice && choice.type !== 'none' && tools.length === 0) {
    throw new Rejection('tool_choice: tool_choice may only be specified while providing tools.')
  }
  if (choice?.type === 'tool' && !tools.some(({ name }) => name === choice.name)) {
    throw new Rejection(`tool_choice: Tool '${choice.name}' not found in provided tools`)
  }
  if (tools.length === 0 && messages.some((message) => callIds(message).length > 0)) {
    throw new Rejection('Requests which include `tool_use` or `tool_result` blocks must define tools')
  }
}

function checkThinking({ thinking, temperature, top_k, tool_choice, max_tokens, messages }: MessagesRequest): void {
  if (!thinking || thinking.type === 'disabled') return
  if (thinking.type === 'enabled' && thinking.budget_tokens >= max_tokens) {
    throw new Rejection('`max_tokens` must be greater than `thinking.budget_tokens`.')
  }
  if (temperature !== undefined && temperature !== 1) {
    throw new Rejection('`temperature` may only be set to 1 when thinking is enabled.')
  }
  if (top_k !== undefined) throw new Rejection('`top_k` must be unset when thinking is enabled.')
  if (tool_choice?.type === 'any' || tool_choice?.type === 'tool') {
    throw new Rejection('Thinking may not be enabled when tool_choice forces tool use.')
  }
  const index = messages.findLastIndex(({ role }) => role === 'assistant')
  const last = messages[index]
  const [first] = last ? blocksOf(last) : []
  const isToolLoop = callIds(last).length > 0 && thinking.type === 'enabled'
  if (isToolLoop && first && first.type !== 'thinking' && first.type !== 'redacted_thinking') {
    throw new Rejection(
      `messages.${index}.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`${first.type}\`. When \`thinking\` is enabled, a final \`assistant\` message must start with a thinking block.`,
    )
  }
}

function checkBreakpoints(request: MessagesRequest): void {
  const system = typeof request.system === 'string' ? [] : (request.system ?? [])
  const marked: readonly object[] = [...(request.tools ?? []), ...system, ...request.messages.flatMap(blocksOf)]
  const count = marked.filter((block) => 'cache_control' in block && block.cache_control).length
  if (count > 4) {
    throw new Rejection(`A maximum of 4 blocks with cache_control may be provided. Found ${count}.`)
  }
}
