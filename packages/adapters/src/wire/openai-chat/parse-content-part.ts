import type { ContentPart } from '../../chat.ts'
import { booleanOf, compact, objectOf, stringOf, type JsonObject } from '../../json.ts'
import { WireError } from '../../wire-error.ts'
import { readCacheControl } from './read-cache-control.ts'

/** One part of a message's content. @throws WireError `invalid_request` naming the part. */
export function parseContentPart(value: unknown, param: string): ContentPart {
  if (typeof value === 'string') return { type: 'text', text: value }
  const part = objectOf(value)
  const parsed = part && parsers[stringOf(part['type']) ?? '']?.(part)
  if (parsed) return parsed
  throw new WireError(
    'invalid_request',
    `\`${param}\` is no content part: use { type: "text", text }, { type: "image_url", image_url: { url } }, ` +
      '{ type: "input_audio", input_audio: { data, format } } or { type: "file", file: { file_data | file_id } }.',
    param,
  )
}

const parsers: Readonly<Record<string, (part: JsonObject) => ContentPart | undefined>> = {
  text: parseText,
  image_url: parseImage,
  input_audio: parseAudio,
  file: parseFile,
}

function parseText(part: JsonObject): ContentPart | undefined {
  const text = stringOf(part['text'])
  return text === undefined ? undefined : { type: 'text', text, ...readCacheControl(part) }
}

function parseImage(part: JsonObject): ContentPart | undefined {
  const image = objectOf(part['image_url'])
  const url = stringOf(image?.['url']) ?? stringOf(part['image_url'])
  if (url === undefined) return undefined
  return {
    type: 'image_url',
    image_url: { url, ...compact({ detail: stringOf(image?.['detail']) }) },
    ...readCacheControl(part),
  }
}

function parseAudio(part: JsonObject): ContentPart | undefined {
  const audio = objectOf(part['input_audio'])
  const data = stringOf(audio?.['data'])
  const format = stringOf(audio?.['format'])
  return data === undefined || format === undefined ? undefined : { type: 'input_audio', input_audio: { data, format } }
}

function parseFile(part: JsonObject): ContentPart | undefined {
  const stated = objectOf(part['file'])
  if (stated === undefined) return undefined
  const file = {
    file_id: stringOf(stated['file_id']),
    filename: stringOf(stated['filename']),
    file_data: stringOf(stated['file_data']),
    file_url: stringOf(stated['file_url']),
  }
  if (!file.file_id && !file.file_data && !file.file_url) return undefined
  const citable = booleanOf(objectOf(part['citations'])?.['enabled'])
  return {
    type: 'file',
    file: compact(file),
    ...(citable !== undefined && { citations: { enabled: citable } }),
    ...readCacheControl(part),
  }
}
