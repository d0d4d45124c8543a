import { isObject, numberOf, objectOf, objectsOf, stringOf, type Json, type JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import type { WireContext } from '../../wire-format.ts'

export interface RunInputs {
  prompt: Json | undefined
  messages: Json | undefined
  /** One image for older vision models: bytes, Base64 or a `data:` URL. */
  image: Json | undefined
}

/** The conversation of a run in OpenAI's words. @throws WireError `invalid_request` when there is none. */
export function normalizeMessages({ prompt, messages, image }: RunInputs, context: WireContext): Json {
  const said = messages ?? (typeof prompt === 'string' ? [{ role: 'user', content: prompt }] : undefined)
  if (said === undefined) {
    const message = 'Send `messages`, an array of { role, content } objects, or a `prompt`.'
    throw new WireError('invalid_request', message, prompt === undefined ? 'messages' : 'prompt')
  }
  if (!Array.isArray(said)) return said
  const named = nameCalls(said, context)
  return image === undefined || image === null ? named : withImage(named, image)
}

/** Older models' calls and results have no ids: each result answers the first open call of its name. */
function nameCalls(messages: Json[], context: WireContext): Json[] {
  const open: { id: string; name: string | undefined }[] = []
  const normalized: Json[] = []
  for (const message of messages) {
    if (!isObject(message)) {
      normalized.push(message)
      continue
    }
    const calls = objectsOf(message['tool_calls']).map((call) => nameCall(call, context))
    open.push(
      ...calls.map((call) => ({ id: String(call['id']), name: stringOf(objectOf(call['function'])?.['name']) })),
    )
    if (message['role'] !== 'tool') {
      normalized.push(calls.length > 0 ? { ...message, tool_calls: calls } : message)
      continue
    }
    const stated = stringOf(message['tool_call_id'])
    const position = open.findIndex(({ id, name }) => (stated === undefined ? isCalled(message, name) : id === stated))
    const [answered] = position < 0 ? [] : open.splice(position, 1)
    normalized.push({ ...message, tool_call_id: stated ?? answered?.id })
  }
  return normalized
}

const isCalled = (message: JsonObject, name: string | undefined): boolean =>
  message['name'] === undefined || message['name'] === name

function nameCall(call: JsonObject, context: WireContext): JsonObject {
  const { name, arguments: words } = objectOf(call['function']) ?? call
  return {
    id: stringOf(call['id']) || `call_${context.createId()}`,
    type: 'function',
    function: { name, arguments: words },
    ...(call['extra_content'] !== undefined && { extra_content: call['extra_content'] }),
  }
}

function withImage(messages: Json[], image: Json): Json[] {
  const last = messages.findLastIndex((message) => objectOf(message)?.['role'] === 'user')
  const part = { type: 'image_url', image_url: { url: toImageUrl(image) } }
  return messages.map((message, index) => {
    if (index !== last || !isObject(message)) return message
    const { content } = message
    const parts: Json[] = typeof content === 'string' ? [{ type: 'text', text: content }] : [...objectsOf(content)]
    return { ...message, content: [...parts, part] }
  })
}

/** Beginnings of Base64 by which image files are known. */
const signatures: readonly [string, string][] = [
  ['iVBOR', 'image/png'],
  ['R0lG', 'image/gif'],
  ['UklG', 'image/webp'],
]

function toImageUrl(image: Json): string {
  if (typeof image === 'string' && /^(?:data|https?):/.test(image)) return image
  const data = typeof image === 'string' ? image : bytesToBase64(image)
  const type = signatures.find(([beginning]) => data.startsWith(beginning))?.[1] ?? 'image/jpeg'
  return `data:${type};base64,${data}`
}

function bytesToBase64(bytes: Json): string {
  const numbers = Array.isArray(bytes) ? bytes.map((byte) => numberOf(byte)) : [undefined]
  const characters = numbers.map((byte) => {
    if (byte !== undefined) return String.fromCodePoint(byte & 255)
    throw new WireError('invalid_request', '`image` must be an array of bytes, Base64 or a `data:` URL.', 'image')
  })
  return btoa(characters.join(''))
}
