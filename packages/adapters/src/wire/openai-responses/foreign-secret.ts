import type { ReasoningDetail } from '../../chat.ts'
import { unwrapForeign, wrapForeign } from '../anthropic-messages/foreign-reasoning.ts'
import { formatId } from './format-id.ts'

/** What `encrypted_content` says when the model's vendor didn't write it: a block of reasoning, or a call's signature. */
export type ForeignSecret =
  | { kind: 'detail'; detail: Pick<ReasoningDetail, 'type' | 'signature' | 'data' | 'format' | 'id'> }
  | { kind: 'call'; callId: string; signature: string }

/**
 * A block's signature or encrypted data as `encrypted_content`, the one place where a Responses client keeps it. What
 * isn't the format's own, or belongs to an item of another id, carries the mark `gw:<kind>/<format>/<id>:`.
 */
export function toEncryptedContent(detail: ReasoningDetail, itemId: string): string {
  const { type, format = '', id = '', signature = '', data = '' } = detail
  const isData = type === 'reasoning.encrypted'
  if (isData && format === formatId && (id === '' || id === itemId)) return data
  return wrapForeign([isData ? 'data' : 'text', format, id].map(encodePart).join('/'), isData ? data : signature)
}

/** Gemini's signature of a call, which has no place in a call item: a reasoning item before the call carries it. */
export function wrapCallSignature(callId: string, signature: string): string {
  return wrapForeign(`call/${encodePart(callId)}`, signature)
}

/** The inverse of both; `undefined` for what the vendor wrote itself. */
export function readForeignSecret(encrypted: string): ForeignSecret | undefined {
  const foreign = unwrapForeign(encrypted)
  if (foreign === undefined) return undefined
  const [kind, first = '', id = ''] = foreign.format.split('/').map(decodePart)
  if (kind === 'call') return { kind, callId: first, signature: foreign.value }
  const origin = { ...(first && { format: first }), ...(id && { id }) }
  if (kind === 'data')
    return { kind: 'detail', detail: { type: 'reasoning.encrypted', data: foreign.value, ...origin } }
  const signed = foreign.value && { signature: foreign.value }
  return { kind: 'detail', detail: { type: 'reasoning.text', ...signed, ...origin } }
}

/** Ids may hold the characters that the mark is made of. */
const encodePart = (part: string): string => part.replaceAll(/[:/%]/g, encodeURIComponent)

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
