import type { AssistantMessage, Message, ReasoningDetail, TextPart, ToolCall, UserMessage } from '../../chat.ts'
import { isObject, objectOf, stringOf, type JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import { unwrapForeign } from './foreign-reasoning.ts'
import { formatId } from './format-id.ts'
import { parseBlocks, parseContentBlock } from './parse-content-block.ts'
import { parseSystem } from './parse-system.ts'
import { readCacheControl } from './read-cache-control.ts'

/** @throws WireError `invalid_request` naming the message and field. */
export function parseMessages(messages: unknown): Message[] {
  if (!Array.isArray(messages) || messages.length === 0) {
    const message = '`messages` must be an array of at least one { "role", "content" } object.'
    throw new WireError('invalid_request', message, 'messages')
  }
  return messages.flatMap((message, index) => parseMessage(message, `messages[${index}]`))
}

function parseMessage(message: unknown, param: string): Message[] {
  if (!isObject(message)) throw new WireError('invalid_request', `\`${param}\` must be an object.`, param)
  const { role, content } = message
  const place = `${param}.content`
  if (role === 'system') return parseSystem(content, place)
  if (role !== 'user' && role !== 'assistant') {
    const hint = 'system text goes into `system`, tool results into a user message.'
    throw new WireError('invalid_request', `\`${param}.role\` must be user or assistant; ${hint}`, `${param}.role`)
  }
  if (typeof content === 'string') return [{ role, content }]
  if (!Array.isArray(content) || !content.every(isObject)) {
    throw new WireError('invalid_request', `\`${place}\` must be a string or an array of content blocks.`, place)
  }
  return role === 'user' ? parseUser(content, place) : [parseAssistant(content, place)]
}

/** Tool results become messages of their own, before what else the user says. */
function parseUser(blocks: JsonObject[], param: string): Message[] {
  const results = blocks.flatMap((block, index) =>
    block['type'] === 'tool_result' ? [parseToolResult(block, `${param}[${index}]`)] : [],
  )
  const rest = blocks.filter(({ type }) => type !== 'tool_result')
  if (rest.length === 0) return results
  const parsed = blocks.flatMap((block, index) => {
    if (block['type'] === 'tool_result') return []
    return [parseContentBlock(block, `${param}[${index}]`)]
  })
  const parts = parsed.flatMap(({ part }) => part ?? [])
  const isNative = parsed.some((block) => block.isLossy)
  const user: UserMessage = {
    role: 'user',
    content: parts,
    ...(isNative && { native: { format: formatId, content: rest } }),
  }
  return [...results, user]
}

function parseToolResult(block: JsonObject, param: string): Message {
  const id = stringOf(block['tool_use_id'])
  if (!id) {
    const place = `${param}.tool_use_id`
    throw new WireError('invalid_request', `\`${place}\` is missing: name the tool_use that this answers.`, place)
  }
  const isError = block['is_error']
  return {
    role: 'tool',
    tool_call_id: id,
    content: parseBlocks(block['content'] ?? '', `${param}.content`),
    ...(typeof isError === 'boolean' && { is_error: isError }),
    ...readCacheControl(block),
  }
}

const readable: ReadonlySet<unknown> = new Set(['text', 'thinking', 'redacted_thinking', 'tool_use'])

/** Blocks of server tools have no canonical form: the message keeps its native content for Anthropic's own models. */
function parseAssistant(blocks: JsonObject[], param: string): AssistantMessage {
  const details = blocks.flatMap(parseReasoning)
  const reasoning = details.map(({ text }) => text ?? '').join('')
  const signatures = readCallSignatures(blocks)
  const calls = blocks.flatMap((block, index) =>
    block['type'] === 'tool_use' ? [parseToolUse(block, { param: `${param}[${index}]`, signatures })] : [],
  )
  const isNative = blocks.some(({ type }) => !readable.has(type))
  return {
    role: 'assistant',
    content: parseText(blocks, param),
    ...(reasoning !== '' && { reasoning_content: reasoning }),
    ...(details.length > 0 && { reasoning_details: details }),
    ...(calls.length > 0 && { tool_calls: calls }),
    ...(isNative && { native: { format: formatId, content: blocks.filter(isOwn) } }),
  }
}

function parseText(blocks: JsonObject[], param: string): string | TextPart[] | null {
  const parts = blocks.flatMap((block, index): TextPart[] => {
    if (block['type'] !== 'text') return []
    const text = stringOf(block['text'])
    const place = `${param}[${index}].text`
    if (text === undefined) throw new WireError('invalid_request', `\`${place}\` must be a string.`, place)
    return [{ type: 'text', text, ...readCacheControl(block) }]
  })
  const [only, second] = parts
  if (only === undefined) return null
  return second === undefined && !only.cache_control ? only.text : parts
}

function parseReasoning(block: JsonObject): ReasoningDetail[] {
  if (block['type'] === 'thinking') {
    const text = stringOf(block['thinking']) ?? ''
    const signed = originOf(stringOf(block['signature']) ?? '')
    const { format, value } = signed
    const isKnown = format !== '' && (value !== '' || format !== formatId)
    return [{ type: 'reasoning.text', text, ...(value && { signature: value }), ...(isKnown && { format }) }]
  }
  if (block['type'] !== 'redacted_thinking') return []
  const { format, value } = originOf(stringOf(block['data']) ?? '')
  return format === 'call' ? [] : [{ type: 'reasoning.encrypted', data: value, ...(format && { format }) }]
}

/** Reasoning that another vendor made means nothing to Anthropic. */
function isOwn({ type, signature, data }: JsonObject): boolean {
  if (type === 'thinking') return Boolean(signature) && unwrapForeign(stringOf(signature) ?? '') === undefined
  return type !== 'redacted_thinking' || unwrapForeign(stringOf(data) ?? '') === undefined
}

const originOf = (value: string): { format: string; value: string } =>
  unwrapForeign(value) ?? { format: formatId, value }

/** Signatures of tool calls by call id; they travel in redacted blocks before the call. */
function readCallSignatures(blocks: JsonObject[]): ReadonlyMap<string, string> {
  const pairs = blocks.flatMap((block): [string, string][] => {
    const foreign = block['type'] === 'redacted_thinking' ? unwrapForeign(stringOf(block['data']) ?? '') : undefined
    if (foreign?.format !== 'call') return []
    const split = foreign.value.lastIndexOf(':')
    return [[foreign.value.slice(0, split), foreign.value.slice(split + 1)]]
  })
  return new Map(pairs)
}

interface CallContext {
  param: string
  signatures: ReadonlyMap<string, string>
}

function parseToolUse(block: JsonObject, { param, signatures }: CallContext): ToolCall {
  const id = stringOf(block['id'])
  const name = stringOf(block['name'])
  if (!id || !name) {
    throw new WireError('invalid_request', `\`${param}\` needs \`id\` and \`name\`.`, param)
  }
  const signature = signatures.get(id)
  return {
    id,
    type: 'function',
    function: { name, arguments: JSON.stringify(objectOf(block['input']) ?? {}) },
    ...(signature !== undefined && { extra_content: { google: { thought_signature: signature } } }),
    ...readCacheControl(block),
  }
}
