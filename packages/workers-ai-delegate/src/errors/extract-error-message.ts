import { isObject, parseJson, stringOf } from '../workers-ai/run/json.ts'

const longestText = 500

/**
 * The message in an error's body, parsed or as text: `errors[0]` or `error[0]` of Cloudflare's envelopes, `error` as an
 * object or a string, `message`, or the text itself where it is no JSON. `undefined` when there is none.
 */
export function extractErrorMessage(raw: unknown): string | undefined {
  if (typeof raw === 'string') {
    const text = raw.trim()
    const body = parseJson(text)
    if (isObject(body) || Array.isArray(body)) return extractErrorMessage(body)
    return text === '' ? undefined : text.slice(0, longestText)
  }
  // Gemini wraps its stream errors in a list.
  if (Array.isArray(raw)) return extractErrorMessage(raw[0])
  if (!isObject(raw)) return undefined
  const { errors, error, message, description } = raw
  for (const stated of [errors, error]) {
    const [first] = Array.isArray(stated) ? stated : [stated]
    const found = isObject(first) ? stringOf(first['message']) : stringOf(first)
    if (found) return found
  }
  return stringOf(message) ?? stringOf(description)
}
