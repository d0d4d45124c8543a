import type { FilePart } from '../../chat.ts'
import { isObject, objectOf, parseObject, stringOf, type Json, type JsonObject } from '../../json.ts'
import { decodeBase64Text } from '../anthropic-messages/decode-base64-text.ts'
import { encodeTextUrl } from '../anthropic-messages/encode-text-url.ts'
import { parseDataUrl } from '../anthropic-messages/parse-data-url.ts'

/**
 * A document to answer from, as a file that may be cited: plain text where it is only that, else JSON.
 * `undefined` when it is neither a string nor an object with `data`.
 */
export function parseDocument(document: Json): FilePart | undefined {
  const id = stringOf(objectOf(document)?.['id'])
  const content = typeof document === 'string' ? document : objectOf(document)?.['data']
  if (typeof content !== 'string' && !isObject(content)) return undefined
  const text = typeof content === 'string' ? content : onlyText(content)
  const url =
    text === undefined
      ? encodeTextUrl(JSON.stringify(content)).replace('text/plain', 'application/json')
      : encodeTextUrl(text)
  return {
    type: 'file',
    file: { ...(id !== undefined && { filename: id }), file_data: url },
    citations: { enabled: true },
  }
}

/** The text of a document that says nothing else. */
function onlyText(content: JsonObject): string | undefined {
  const { text, ...rest } = content
  return Object.keys(rest).length === 0 ? stringOf(text) : undefined
}

/** A text or JSON file as a document; `undefined` for any other file. */
export function formatDocument({ file }: FilePart): JsonObject | undefined {
  const inline = parseDataUrl(file.file_data ?? '')
  const text =
    inline && /^(?:text\/|application\/json\b)/.test(inline.mediaType) ? decodeBase64Text(inline.data) : undefined
  if (text === undefined) return undefined
  const content = inline?.mediaType === 'application/json' ? parseObject(text) : undefined
  return { ...(file.filename !== undefined && { id: file.filename }), data: content ?? { text } }
}
