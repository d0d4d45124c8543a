import { isObject, type Json, type JsonObject, type WireFormat } from '@gw/adapters'

/** A chat request as the last thing that its user says, and all the rest. */
export interface SplitChat {
  text: string
  rest: string
}

/** Embedding models read about 500 tokens; what follows would not count. */
const mostCharacters = 1000

/**
 * Takes the last text of the user out of a chat request. `undefined` where the last turn is not the user's, has more than
 * one text, or where the user says anything but text: an image is not like another.
 */
export function splitLastUserText(body: JsonObject, field: WireFormat['turns']): SplitChat | undefined {
  const turns = body[field]
  if (typeof turns === 'string') return split(turns, { ...body, [field]: null })
  const last = Array.isArray(turns) ? turns.at(-1) : undefined
  if (!Array.isArray(turns) || !isObject(last) || !isUsers(last)) return undefined
  if (!turns.every((turn) => !isObject(turn) || !isUsers(turn) || textsOf(turn) !== undefined)) return undefined
  const [text, ...others] = textsOf(last) ?? []
  if (text === undefined || others.length > 0) return undefined
  return split(text, { ...body, [field]: [...turns.slice(0, -1), withoutText(last)] })
}

function split(text: string, rest: JsonObject): SplitChat | undefined {
  return text.trim() === '' || text.length > mostCharacters ? undefined : { text, rest: JSON.stringify(rest) }
}

/** Gemini's callers may leave the role out. */
const isUsers = ({ role }: JsonObject): boolean => role === undefined || role === 'user'

/** What a turn may have beside its texts. */
const plainFields: ReadonlySet<string> = new Set(['role', 'content', 'parts', 'type', 'name', 'id', 'status'])

/** The texts of a turn; `undefined` where there is anything else in it. */
function textsOf(turn: JsonObject): string[] | undefined {
  if (!Object.keys(turn).every((name) => plainFields.has(name))) return undefined
  const content = turn['content'] ?? turn['parts']
  if (typeof content === 'string') return [content]
  if (!Array.isArray(content)) return undefined
  const texts = content.map(textOf)
  return texts.every((text) => text !== undefined) ? texts : undefined
}

function textOf(part: Json): string | undefined {
  if (!isObject(part)) return undefined
  const { type = 'text', text, ...others } = part
  const isText = (type === 'text' || type === 'input_text') && typeof text === 'string'
  return isText && Object.keys(others).length === 0 ? text : undefined
}

const withoutText = ({ content: _, parts: __, ...turn }: JsonObject): JsonObject => turn
