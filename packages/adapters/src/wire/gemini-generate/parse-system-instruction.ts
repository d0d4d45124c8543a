import type { SystemMessage } from '../../chat.ts'
import { objectOf, objectsOf, stringOf } from '../../json.ts'
import { WireError } from '../../wire-error.ts'

/** System text as one message, or none. @throws WireError `invalid_request` for anything but text parts. */
export function parseSystemInstruction(value: unknown): SystemMessage[] {
  if (value === undefined || value === null) return []
  if (typeof value === 'string') return value === '' ? [] : [{ role: 'system', content: value }]
  const { parts } = objectOf(value) ?? {}
  const texts = objectsOf(Array.isArray(parts) ? parts : [parts]).map(({ text }) => stringOf(text))
  const known = texts.filter((text) => text !== undefined)
  if (known.length !== texts.length || (known.length === 0 && parts !== undefined)) {
    const message = '`systemInstruction` must be { "parts": [{ "text": … }] }.'
    throw new WireError('invalid_request', message, 'systemInstruction')
  }
  const [only, second] = known.filter((text) => text !== '')
  if (only === undefined) return []
  if (second === undefined) return [{ role: 'system', content: only }]
  return [{ role: 'system', content: known.map((text) => ({ type: 'text', text })) }]
}
