import {
  UnsupportedFunctionalityError,
  type LanguageModelV4FilePart,
  type LanguageModelV4Message,
} from '@ai-sdk/provider'
import { fromBase64 } from '../run/base64.ts'
import type { ContentPart } from './run-message.ts'
import { toImagePart } from './to-image-part.ts'

type UserPart = Extract<LanguageModelV4Message, { role: 'user' }>['content'][number]

/**
 * A user's content: one string where it is all text, as models without sight take nothing else; parts in their order
 * where there is an image. Throws for files that are neither images nor text.
 */
export function toUserContent(content: readonly UserPart[]): string | ContentPart[] {
  const parts = content.map((part): ContentPart => (part.type === 'text' ? toText(part.text) : toFilePart(part)))
  const texts = parts.flatMap((part) => (part.type === 'text' ? [part.text] : []))
  return texts.length === parts.length ? texts.join('\n') : parts
}

const toText = (text: string): ContentPart => ({ type: 'text', text })

function toFilePart({ mediaType, data, filename }: LanguageModelV4FilePart): ContentPart {
  const type = mediaType?.toLowerCase() ?? ''
  if (/^image(?:\/|$)/.test(type)) return toImagePart(mediaType, data)
  const text = data.type === 'text' || /^text(?:\/|$)/.test(type) ? readText(data) : undefined
  if (text !== undefined) return toText(filename === undefined ? text : `${filename}:\n${text}`)
  throw new UnsupportedFunctionalityError({
    functionality: type === '' ? 'file-part-without-media-type' : 'non-image-file-part',
    message: `Workers AI chat takes images and text, and not a file of type "${type}". Convert it, or leave it out.`,
  })
}

/** The text of a document that is at hand; `undefined` where it would have to be fetched. */
export function readText(data: LanguageModelV4FilePart['data']): string | undefined {
  if (data.type === 'text') return data.text
  if (data.type !== 'data') return undefined
  return new TextDecoder().decode(typeof data.data === 'string' ? fromBase64(data.data) : data.data)
}
