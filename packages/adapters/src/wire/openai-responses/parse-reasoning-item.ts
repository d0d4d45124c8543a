import type { ReasoningDetail } from '../../chat.ts'
import { objectsOf, stringOf, type JsonObject } from '../../json.ts'
import { readForeignSecret, type ForeignSecret } from './foreign-secret.ts'
import { formatId } from './format-id.ts'

export interface ParsedReasoning {
  details: ReasoningDetail[]
  /** The item stands for no reasoning: it signs the call that follows. */
  signed?: Extract<ForeignSecret, { kind: 'call' }>
  /** The vendor that the request goes to would not know the item as its own. */
  isForeign: boolean
}

/** A reasoning item as blocks: one for each part of its summary and its text, and one for what is encrypted. */
export function parseReasoningItem(item: JsonObject): ParsedReasoning {
  const encrypted = stringOf(item['encrypted_content'])
  const secret = encrypted ? readForeignSecret(encrypted) : undefined
  const summaries = textsOf(item['summary'])
  const texts = textsOf(item['content'])
  if (secret?.kind === 'call') return { details: [], signed: secret, isForeign: true }

  const id = stringOf(item['id'])
  const origin = { ...(id && { id }), format: formatId }
  if (secret?.detail.type === 'reasoning.text') {
    return { details: [{ ...secret.detail, text: [...summaries, ...texts].join('') }], isForeign: true }
  }
  const details: ReasoningDetail[] = [
    ...summaries.map((text) => ({ type: 'reasoning.summary' as const, text, ...origin })),
    ...texts.map((text) => ({ type: 'reasoning.text' as const, text, ...origin })),
  ]
  if (secret)
    return { details: [...details.map((detail) => ({ ...detail, ...idOf(secret) })), secret.detail], isForeign: true }
  const own: ReasoningDetail[] = encrypted ? [{ type: 'reasoning.encrypted', data: encrypted, ...origin }] : []
  return { details: [...details, ...own], isForeign: false }
}

/** Text beside what is encrypted came from where that came from. */
function idOf({ detail: { format, id } }: Extract<ForeignSecret, { kind: 'detail' }>): Partial<ReasoningDetail> {
  return { ...(format !== undefined && { format }), ...(id !== undefined && { id }) }
}

const textsOf = (parts: unknown): string[] => objectsOf(parts).map(({ text }) => stringOf(text) ?? '')
