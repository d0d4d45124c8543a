import type { ContentPart } from '../../chat.ts'
import { compact, objectOf, stringOf, type JsonObject } from '../../json.ts'
import { invalid } from './invalid.ts'

export interface ParsedPart {
  part?: ContentPart
  /** The part says less than the original, or there is none. */
  isLossy: boolean
}

/**
 * One part of a message's or a tool result's content.
 * @throws WireError `invalid_request` naming the part.
 * @see https://platform.openai.com/docs/api-reference/responses/create#responses-create-input
 */
export function parseContentPart(part: JsonObject, param: string): ParsedPart {
  const type = stringOf(part['type'])
  if (type === undefined)
    throw invalid(`${param}.type`, 'is missing: input_text, input_image and input_file are known.')
  const parse = parsers[type]
  if (parse === undefined) return { isLossy: true }
  const parsed = parse(part, param)
  return { part: parsed, isLossy: Object.keys(part).some((field) => !named.has(field)) || isImageById(parsed, type) }
}

const named: ReadonlySet<string> = new Set([
  'type',
  'text',
  'refusal',
  'image_url',
  'detail',
  'file_id',
  'filename',
  'file_data',
  'file_url',
  'input_audio',
  'annotations',
  'logprobs',
])

/** A canonical file says no more that it is an image. */
const isImageById = (part: ContentPart, type: string): boolean => type === 'input_image' && part.type === 'file'

const parsers: Readonly<Record<string, (part: JsonObject, param: string) => ContentPart>> = {
  text: parseText,
  input_text: parseText,
  output_text: parseText,
  refusal: (part, param) => ({ type: 'text', text: stringAt(part, 'refusal', param) }),
  input_image: parseImage,
  input_file: parseFile,
  input_audio: parseAudio,
}

function parseText(part: JsonObject, param: string): ContentPart {
  return { type: 'text', text: stringAt(part, 'text', param) }
}

function parseImage(part: JsonObject, param: string): ContentPart {
  const url = stringOf(part['image_url'])
  const fileId = stringOf(part['file_id'])
  if (url !== undefined) {
    return { type: 'image_url', image_url: { url, ...compact({ detail: stringOf(part['detail']) }) } }
  }
  if (fileId === undefined) throw invalid(param, 'needs `image_url` or `file_id`.')
  return { type: 'file', file: { file_id: fileId } }
}

function parseFile(part: JsonObject, param: string): ContentPart {
  const file = {
    file_id: stringOf(part['file_id']),
    filename: stringOf(part['filename']),
    file_data: stringOf(part['file_data']),
    file_url: stringOf(part['file_url']),
  }
  if (!file.file_id && !file.file_data && !file.file_url) {
    throw invalid(param, 'needs `file_data`, `file_url` or `file_id`.')
  }
  return { type: 'file', file: compact(file) }
}

function parseAudio(part: JsonObject, param: string): ContentPart {
  const audio = objectOf(part['input_audio'])
  const data = stringOf(audio?.['data'])
  const format = stringOf(audio?.['format'])
  if (data === undefined || format === undefined) throw invalid(`${param}.input_audio`, 'needs `data` and `format`.')
  return { type: 'input_audio', input_audio: { data, format } }
}

function stringAt(part: JsonObject, field: string, param: string): string {
  const text = stringOf(part[field])
  if (text === undefined) throw invalid(`${param}.${field}`, 'must be a string.')
  return text
}
