import type {
  AssistantMessage,
  ContentPart,
  Message,
  SystemMessage,
  TextPart,
  ToolCall,
  ToolMessage,
} from '../../chat.ts'
import { isObject, objectOf, stringOf, type JsonObject } from '../../json.ts'
import { formatId } from './format-id.ts'
import { invalid } from './invalid.ts'
import { parseContentBlock, readCachePoint } from './parse-content-block.ts'
import { readReasoning } from './read-reasoning.ts'

/** @throws WireError `invalid_request` for anything but text and cache points. */
export function parseSystem(value: unknown): SystemMessage[] {
  if (value === undefined || value === null) return []
  const blocks = blocksOf(value, 'system')
  const parts = blocks.flatMap((block, index): TextPart[] => {
    if (block['cachePoint'] !== undefined) return []
    const text = stringOf(block['text'])
    if (text === undefined) throw invalid(`system[${index}]`, 'must be { "text" } or a cache point.')
    return [{ type: 'text', text, ...readCachePoint(blocks[index + 1]) }]
  })
  return parts.length === 0 ? [] : [{ role: 'system', content: parts }]
}

/** @throws WireError `invalid_request` naming the message and field. */
export function parseMessages(messages: unknown, model: string): Message[] {
  if (!Array.isArray(messages) || messages.length === 0) {
    throw invalid('messages', 'must be an array of at least one { "role", "content" } object.')
  }
  return messages.flatMap((message: unknown, index): Message[] => {
    const param = `messages[${index}]`
    if (!isObject(message)) throw invalid(param, 'must be an object.')
    const { role, content } = message
    const blocks = blocksOf(content, `${param}.content`)
    if (role === 'user') return parseUser(blocks, `${param}.content`)
    if (role === 'assistant') return [parseAssistant(blocks, { param: `${param}.content`, model })]
    throw invalid(`${param}.role`, 'must be user or assistant.')
  })
}

function blocksOf(value: unknown, param: string): JsonObject[] {
  if (Array.isArray(value) && value.every(isObject)) return value
  throw invalid(param, 'must be an array of content blocks.')
}

/** Tool results become messages of their own, before what else the user says. */
function parseUser(blocks: JsonObject[], param: string): Message[] {
  const results = blocks.flatMap((block, index): ToolMessage[] => {
    const result = objectOf(block['toolResult'])
    if (!result) return []
    return [{ ...parseToolResult(result, `${param}[${index}].toolResult`), ...readCachePoint(blocks[index + 1]) }]
  })
  const rest = blocks.filter((block, index) => !isOfResult(block, blocks[index - 1]))
  if (rest.length === 0) return results
  const { parts, isLossy } = parseParts(rest, param)
  const native = isLossy ? { native: { format: formatId, content: rest } } : {}
  return [...results, { role: 'user', content: parts, ...native }]
}

const isOfResult = (block: JsonObject, before: JsonObject | undefined): boolean =>
  block['toolResult'] !== undefined || (block['cachePoint'] !== undefined && before?.['toolResult'] !== undefined)

function parseParts(blocks: JsonObject[], param: string): { parts: ContentPart[]; isLossy: boolean } {
  const said = blocks.filter(({ cachePoint }) => cachePoint === undefined)
  const parts = blocks.flatMap((block, index): ContentPart[] => {
    const part = block['cachePoint'] === undefined ? parseContentBlock(block, `${param}[${index}]`) : undefined
    return part ? [{ ...part, ...readCachePoint(blocks[index + 1]) }] : []
  })
  return { parts, isLossy: parts.length < said.length }
}

function parseToolResult(result: JsonObject, param: string): ToolMessage {
  const id = stringOf(result['toolUseId'])
  if (!id) throw invalid(`${param}.toolUseId`, 'is missing: name the toolUse that this answers.')
  const blocks = blocksOf(result['content'] ?? [], `${param}.content`)
  const content = blocks.map(
    (block, index): ContentPart =>
      parseContentBlock(block, `${param}.content[${index}]`) ?? { type: 'text', text: JSON.stringify(block) },
  )
  return { role: 'tool', tool_call_id: id, content, ...(result['status'] === 'error' && { is_error: true }) }
}

interface AssistantContext {
  param: string
  model: string
}

/** Blocks without canonical words (cited text, Amazon's own tools) keep the message in its native form. */
function parseAssistant(blocks: JsonObject[], { param, model }: AssistantContext): AssistantMessage {
  const details = blocks.flatMap((block) => readReasoning(objectOf(block['reasoningContent']), model))
  const reasoning = details.map(({ text }) => text ?? '').join('')
  const calls = blocks.flatMap((block, index): ToolCall[] => {
    const toolUse = objectOf(block['toolUse'])
    if (!toolUse) return []
    return [{ ...parseToolUse(toolUse, `${param}[${index}].toolUse`), ...readCachePoint(blocks[index + 1]) }]
  })
  const isNative = blocks.some((block) => !readable.some((kind) => block[kind] !== undefined))
  return {
    role: 'assistant',
    content: parseText(blocks),
    ...(reasoning !== '' && { reasoning_content: reasoning }),
    ...(details.length > 0 && { reasoning_details: details }),
    ...(calls.length > 0 && { tool_calls: calls }),
    ...(isNative && { native: { format: formatId, content: blocks } }),
  }
}

const readable = ['text', 'toolUse', 'reasoningContent', 'cachePoint'] as const

function parseText(blocks: JsonObject[]): string | TextPart[] | null {
  const parts = blocks.flatMap((block, index): TextPart[] => {
    const text = stringOf(block['text'])
    return text === undefined ? [] : [{ type: 'text', text, ...readCachePoint(blocks[index + 1]) }]
  })
  const [only, second] = parts
  if (only === undefined) return null
  return second === undefined && !only.cache_control ? only.text : parts
}

function parseToolUse(toolUse: JsonObject, param: string): ToolCall {
  const id = stringOf(toolUse['toolUseId'])
  const name = stringOf(toolUse['name'])
  if (!id || !name) throw invalid(param, 'needs `toolUseId` and `name`.')
  return { id, type: 'function', function: { name, arguments: JSON.stringify(objectOf(toolUse['input']) ?? {}) } }
}
