import type { ContentPart, FilePart } from '../../chat.ts'
import { booleanOf, compact, isObject, objectOf, objectsOf, stringOf, type JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import { encodeTextUrl } from './encode-text-url.ts'
import { parseDataUrl } from './parse-data-url.ts'
import { readCacheControl } from './read-cache-control.ts'

interface ParsedBlock {
  part?: ContentPart
  /** The part says less than the block, or there is none. */
  isLossy: boolean
}

/** One block of a user message. @throws WireError `invalid_request` naming the block. */
export function parseContentBlock(block: JsonObject, param: string): ParsedBlock {
  const type = stringOf(block['type'])
  const cache = readCacheControl(block)
  if (type === 'text') {
    const text = stringOf(block['text'])
    if (text === undefined) throw invalid(`${param}.text`, 'must be a string.')
    return { part: { type, text, ...cache }, isLossy: false }
  }
  if (type === 'image') return parseImage(block, param)
  if (type === 'document') return { part: { ...parseDocument(block, param), ...cache }, isLossy: isRich(block) }
  if (type === 'search_result') return { part: { type: 'text', text: textOfResult(block), ...cache }, isLossy: true }
  if (type === undefined) throw invalid(`${param}.type`, 'is missing: text, image, document and tool_result are known.')
  return { isLossy: true }
}

/** The content of a tool result. @throws WireError `invalid_request` naming the block. */
export function parseBlocks(content: unknown, param: string): string | ContentPart[] {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) throw invalid(param, 'must be a string or an array of content blocks.')
  return content.map((block, index): ContentPart => {
    if (!isObject(block)) throw invalid(`${param}[${index}]`, 'must be an object.')
    return parseContentBlock(block, `${param}[${index}]`).part ?? { type: 'text', text: JSON.stringify(block) }
  })
}

function parseImage(block: JsonObject, param: string): ParsedBlock {
  const source = objectOf(block['source'])
  const url = urlOf(source)
  const cache = readCacheControl(block)
  if (url !== undefined) return { part: { type: 'image_url', image_url: { url }, ...cache }, isLossy: false }
  const fileId = stringOf(source?.['file_id'])
  if (fileId === undefined) throw invalid(`${param}.source`, 'must be a base64, url or file source.')
  return { part: { type: 'file', file: { file_id: fileId }, ...cache }, isLossy: true }
}

function parseDocument(block: JsonObject, param: string): FilePart {
  const source = objectOf(block['source'])
  const citable = booleanOf(objectOf(block['citations'])?.['enabled'])
  const url = urlOf(source)
  const inline = url !== undefined && parseDataUrl(url) ? url : textUrlOf(source)
  const file = {
    file_id: stringOf(source?.['file_id']),
    filename: stringOf(block['title']),
    file_data: inline,
    file_url: inline === undefined ? url : undefined,
  }
  if (!file.file_id && !file.file_data && !file.file_url) {
    throw invalid(`${param}.source`, 'must be a base64, text, content, url or file source.')
  }
  return { type: 'file', file: compact(file), ...(citable !== undefined && { citations: { enabled: citable } }) }
}

function urlOf(source: JsonObject | undefined): string | undefined {
  const data = stringOf(source?.['data'])
  if (source?.['type'] === 'base64' && data !== undefined) {
    return `data:${stringOf(source['media_type']) ?? 'application/octet-stream'};base64,${data}`
  }
  return source?.['type'] === 'url' ? stringOf(source['url']) : undefined
}

function textUrlOf(source: JsonObject | undefined): string | undefined {
  const text = source?.['type'] === 'text' ? stringOf(source['data']) : undefined
  if (text !== undefined) return encodeTextUrl(text)
  if (source?.['type'] !== 'content') return undefined
  const { content } = source
  return encodeTextUrl(typeof content === 'string' ? content : textsOf(content))
}

const textsOf = (blocks: unknown): string =>
  objectsOf(blocks)
    .map(({ text }) => stringOf(text) ?? '')
    .join('\n')

/** Documents of blocks, and those with a context, are more than a file. */
function isRich(block: JsonObject): boolean {
  return objectOf(block['source'])?.['type'] === 'content' || stringOf(block['context']) !== undefined
}

function textOfResult(block: JsonObject): string {
  const lines = [stringOf(block['title']), stringOf(block['source']), textsOf(block['content'])]
  return lines.filter((line) => line !== undefined && line !== '').join('\n')
}

function invalid(param: string, rule: string): WireError {
  return new WireError('invalid_request', `\`${param}\` ${rule}`, param)
}
