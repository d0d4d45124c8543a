import type { SystemMessage, TextPart } from '../../chat.ts'
import { isObject, stringOf } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import { readCacheControl } from './read-cache-control.ts'

/** System text as one message, or none. @throws WireError `invalid_request` for anything but a string or text blocks. */
export function parseSystem(value: unknown, param: string): SystemMessage[] {
  if (value === undefined || value === null || value === '') return []
  if (typeof value === 'string') return [{ role: 'system', content: value }]
  if (!Array.isArray(value)) {
    throw new WireError('invalid_request', `\`${param}\` must be a string or an array of text blocks.`, param)
  }
  const parts = value.map((block, index): TextPart => {
    const text = isObject(block) && block['type'] === 'text' ? stringOf(block['text']) : undefined
    if (text === undefined || !isObject(block)) {
      const place = `${param}[${index}]`
      throw new WireError('invalid_request', `\`${place}\` must be a text block: { "type": "text", "text": … }.`, place)
    }
    return { type: 'text', text, ...readCacheControl(block) }
  })
  return parts.length === 0 ? [] : [{ role: 'system', content: parts }]
}
