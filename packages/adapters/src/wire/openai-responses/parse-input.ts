import type { Message, SystemMessage, TextPart, UserMessage } from '../../chat.ts'
import { isObject, stringOf, type JsonObject } from '../../json.ts'
import { formatId } from './format-id.ts'
import { invalid } from './invalid.ts'
import { parseAssistantTurn, type TurnItem } from './parse-assistant-turn.ts'
import { parseContentPart } from './parse-content-part.ts'
import { isToolOutput, parseToolOutput } from './parse-tool-output.ts'

/**
 * The turns of `input`. What the model did between two messages of others is one assistant message.
 * @throws WireError `invalid_request` naming the item.
 * @see https://platform.openai.com/docs/api-reference/responses/create#responses-create-input
 */
export function parseInput(input: unknown): Message[] {
  if (typeof input === 'string') return [{ role: 'user', content: input }]
  if (!Array.isArray(input)) throw invalid('input', 'must be a string or an array of items.')
  const messages: Message[] = []
  let turn: TurnItem[] = []
  const endTurn = (): void => {
    if (turn.length > 0) messages.push(parseAssistantTurn(turn))
    turn = []
  }
  for (const [index, value] of input.entries()) {
    const param = `input[${index}]`
    const item = checkItem(value, param)
    if (item['type'] === 'message' && item['role'] !== 'assistant') {
      endTurn()
      messages.push(parseMessage(item, param))
    } else if (isToolOutput(item)) {
      endTurn()
      messages.push(parseToolOutput(item, param))
    } else {
      turn.push({ item, param })
    }
  }
  endTurn()
  return messages
}

/** An item whose type is stated: messages may leave it out. */
function checkItem(item: unknown, param: string): JsonObject & { type: string } {
  if (!isObject(item)) throw invalid(param, 'must be an object.')
  const type = stringOf(item['type']) ?? (item['role'] === undefined ? undefined : 'message')
  if (type === undefined) throw invalid(`${param}.type`, 'is missing.')
  if (type === 'item_reference')
    throw invalid(param, 'refers to an item that is not stored here: send the item itself.')
  return { ...item, type }
}

function parseMessage(item: JsonObject, param: string): SystemMessage | UserMessage {
  const { role, content } = item
  if (role === 'system' || role === 'developer') return { role, content: parseText(content, `${param}.content`) }
  if (role !== 'user') throw invalid(`${param}.role`, 'must be user, assistant, system or developer.')
  if (typeof content === 'string') return { role, content }
  const parsed = parseParts(content, `${param}.content`)
  return {
    role,
    content: parsed.flatMap(({ part }) => part ?? []),
    ...(parsed.some(({ isLossy }) => isLossy) && { native: { format: formatId, content: [item] } }),
  }
}

function parseParts(content: unknown, param: string): ReturnType<typeof parseContentPart>[] {
  if (!Array.isArray(content)) throw invalid(param, 'must be a string or an array of content parts.')
  return content.map((part, index) => {
    if (!isObject(part)) throw invalid(`${param}[${index}]`, 'must be an object.')
    return parseContentPart(part, `${param}[${index}]`)
  })
}

function parseText(content: unknown, param: string): string | TextPart[] {
  if (typeof content === 'string') return content
  return parseParts(content, param).map(({ part }, index) => {
    if (part?.type === 'text') return part
    throw invalid(`${param}[${index}]`, 'must be a text part.')
  })
}
