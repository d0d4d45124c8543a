import type { AssistantMessage, ContentPart, Message, ToolMessage, UserMessage } from '../../chat.ts'
import { isObject, objectOf, stringOf, type JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import type { WireContext } from '../../wire-format.ts'
import { formatId } from './format-id.ts'
import { parseModelParts, type PendingCall } from './parse-model-parts.ts'
import { parsePart } from './parse-part.ts'

/**
 * The conversation. Gemini's calls and results may have no ids: each call gets one, and a result answers the first open
 * call of its function.
 * @throws WireError `invalid_request` naming the content and part.
 */
export function parseContents(value: unknown, context: WireContext): Message[] {
  const contents = isObject(value) ? [value] : value
  if (!Array.isArray(contents) || contents.length === 0) {
    const message = '`contents` must be an array of at least one { "role", "parts" } object.'
    throw new WireError('invalid_request', message, 'contents')
  }
  const pending: PendingCall[] = []
  return contents.flatMap((content, index) => {
    const param = `contents[${index}]`
    if (!isObject(content)) throw new WireError('invalid_request', `\`${param}\` must be an object.`, param)
    return parseContent(content, { param, pending, context })
  })
}

interface ContentContext {
  param: string
  /** Calls that nobody has answered yet. */
  pending: PendingCall[]
  context: WireContext
}

function parseContent(content: JsonObject, { param, pending, context }: ContentContext): Message[] {
  const role = content['role'] ?? 'user'
  const parts = Array.isArray(content['parts']) ? content['parts'] : [content['parts']]
  if (!parts.every(isObject)) {
    const message = `\`${param}.parts\` must be an array of parts, such as { "text": … }.`
    throw new WireError('invalid_request', message, `${param}.parts`)
  }
  if (role === 'model' || role === 'assistant') {
    const { message, calls } = parseModelParts(parts, { param, context })
    pending.push(...calls)
    return [message satisfies AssistantMessage]
  }
  if (role !== 'user' && role !== 'function') {
    const message = `\`${param}.role\` must be user or model; system text goes into \`systemInstruction\`.`
    throw new WireError('invalid_request', message, `${param}.role`)
  }
  return parseUser(parts, { param, pending, context })
}

function parseUser(parts: JsonObject[], { param, pending, context }: ContentContext): Message[] {
  const results = parts.flatMap((part, index) => {
    const response = objectOf(part['functionResponse'])
    return response ? [parseResult(response, { param: `${param}.parts[${index}]`, pending, context })] : []
  })
  const rest = parts.filter(({ functionResponse }) => !functionResponse)
  if (rest.length === 0) return results
  const parsed = rest.map((part) => parsePart(part, `${param}.parts[${parts.indexOf(part)}]`))
  const said = parsed.flatMap(({ part }) => part ?? [])
  const [only, second] = said
  const user: UserMessage = {
    role: 'user',
    content: only?.type === 'text' && second === undefined ? only.text : said,
    ...(parsed.some(({ isLossy }) => isLossy) && { native: { format: formatId, content: rest } }),
  }
  return [...results, user]
}

function parseResult(response: JsonObject, { param, pending, context }: ContentContext): ToolMessage {
  const name = stringOf(response['name'])
  const stated = stringOf(response['id'])
  if (!name && !stated) {
    const message = `\`${param}.functionResponse.name\` is missing: name the function that this answers.`
    throw new WireError('invalid_request', message, `${param}.functionResponse.name`)
  }
  const byId = pending.findIndex(({ id }) => id === stated)
  const open = byId >= 0 ? byId : pending.findIndex((call) => call.name === name)
  const [call] = open >= 0 ? pending.splice(open, 1) : []
  const { text, isError } = readResult(objectOf(response['response']) ?? {})
  const media = (Array.isArray(response['parts']) ? response['parts'] : []).flatMap((part): ContentPart[] => {
    const { part: parsed } = isObject(part) ? parsePart(part, param) : {}
    return parsed ? [parsed] : []
  })
  return {
    role: 'tool',
    tool_call_id: call?.id ?? stated ?? `call_${context.createId()}`,
    ...(name !== undefined && { name }),
    content: media.length > 0 ? [{ type: 'text', text }, ...media] : text,
    ...(isError && { is_error: true }),
  }
}

/** `{ result: "…" }` and `{ error: "…" }` hold a text, anything else is JSON. */
function readResult(response: JsonObject): { text: string; isError: boolean } {
  const [field, second] = Object.keys(response)
  const value = field === undefined ? undefined : response[field]
  if (second === undefined && typeof value === 'string' && (field === 'result' || field === 'error')) {
    return { text: value, isError: field === 'error' }
  }
  return { text: JSON.stringify(response), isError: false }
}
