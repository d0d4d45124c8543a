import type { AssistantMessage, ImagePart, ReasoningDetail, ToolCall } from '../../chat.ts'
import { isObject, objectOf, stringOf, type JsonObject } from '../../json.ts'
import { toStandInArguments } from './custom-tool.ts'
import { formatId } from './format-id.ts'
import { formatReasoningItems } from './format-reasoning-items.ts'
import { invalid } from './invalid.ts'
import { calledName } from './namespace-tool.ts'
import { parseReasoningItem } from './parse-reasoning-item.ts'
import { readImage } from './read-image.ts'

export interface TurnItem {
  item: JsonObject
  param: string
}

/**
 * Consecutive items of the model as one message. What its vendor's tools did has no canonical form: the message keeps
 * the items for targets of this format, where calls of tools that the client runs also become function calls.
 */
export function parseAssistantTurn(items: readonly TurnItem[]): AssistantMessage {
  const draft: Draft = { texts: [], details: [], calls: [], images: [], signatures: new Map(), isLossy: false }
  for (const { item, param } of items) parseItem(item, { param, draft })
  const { texts, details, calls, images, isLossy } = draft
  const reasoning = details.map(({ text }) => text ?? '').join('')
  const own = { format: formatId, content: items.flatMap(({ item }) => toOwnItems(item)) }
  return {
    role: 'assistant',
    content: texts.length === 0 && calls.length > 0 ? null : texts.join(''),
    ...(reasoning !== '' && { reasoning_content: reasoning }),
    ...(details.length > 0 && { reasoning_details: details }),
    ...(calls.length > 0 && { tool_calls: calls.map((call) => sign(call, draft.signatures)) }),
    ...(images.length > 0 && { images }),
    ...(isLossy ? { native: own } : { source: own }),
  }
}

interface Draft {
  texts: string[]
  details: ReasoningDetail[]
  calls: ToolCall[]
  images: ImagePart[]
  /** Signatures of calls, by call id. */
  signatures: Map<string, string>
  isLossy: boolean
}

interface ItemContext {
  param: string
  draft: Draft
}

function parseItem(item: JsonObject, { param, draft }: ItemContext): void {
  switch (item['type']) {
    case 'message':
      draft.texts.push(parseSaid(item['content'], `${param}.content`))
      return
    case 'reasoning': {
      const { details, signed } = parseReasoningItem(item)
      draft.details.push(...details)
      if (signed) draft.signatures.set(signed.callId, signed.signature)
      return
    }
    case 'function_call':
      draft.calls.push(parseCall(item, param))
      return
    case 'custom_tool_call':
      draft.calls.push({ ...parseCall(item, param), custom: true })
      return
    default: {
      draft.isLossy = true
      const image = readImage(item)
      if (image) draft.images.push(image)
      const call = parseClientCall(item)
      if (call) draft.calls.push(call)
    }
  }
}

/** A refusal that a caller sends back is text that the assistant said. */
function parseSaid(content: unknown, param: string): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) throw invalid(param, 'must be a string or an array of content parts.')
  return content
    .map((part, index) => {
      const text = isObject(part) ? (stringOf(part['text']) ?? stringOf(part['refusal'])) : undefined
      if (text === undefined) throw invalid(`${param}[${index}]`, 'must be an output_text or refusal part.')
      return text
    })
    .join('')
}

function parseCall(item: JsonObject, param: string): ToolCall {
  const id = stringOf(item['call_id'])
  const name = calledName(item)
  if (!id || !name) throw invalid(param, 'needs `call_id` and `name`.')
  const isCustom = item['type'] === 'custom_tool_call'
  const field = isCustom ? 'input' : 'arguments'
  const words = stringOf(item[field])
  if (words === undefined) throw invalid(`${param}.${field}`, 'must be a string.')
  return { id, type: 'function', function: { name, arguments: isCustom ? toStandInArguments(words) : words || '{}' } }
}

/** The vendor's tools that the client runs. */
const clientCalls: Readonly<Record<string, string>> = {
  local_shell_call: 'local_shell',
  shell_call: 'shell',
  apply_patch_call: 'apply_patch',
  computer_call: 'computer',
}

/** A call that the client answers, as the call of a function. */
function parseClientCall(item: JsonObject): ToolCall | undefined {
  const id = stringOf(item['call_id'])
  const name = clientCalls[stringOf(item['type']) ?? '']
  if (!id || name === undefined) return undefined
  const asked = objectOf(item['action']) ?? objectOf(item['operation']) ?? {}
  return { id, type: 'function', function: { name, arguments: JSON.stringify(asked) } }
}

function sign(call: ToolCall, signatures: ReadonlyMap<string, string>): ToolCall {
  const signature = signatures.get(call.id)
  return signature === undefined ? call : { ...call, extra_content: { google: { thought_signature: signature } } }
}

/** Reasoning that another vendor made means nothing to a target of this format. */
function toOwnItems(item: JsonObject): JsonObject[] {
  if (item['type'] !== 'reasoning') return [item]
  const { details, isForeign } = parseReasoningItem(item)
  return isForeign ? formatReasoningItems(details) : [item]
}
