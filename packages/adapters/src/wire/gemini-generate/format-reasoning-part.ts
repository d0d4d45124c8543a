import type { ReasoningDetail } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'
import { toThoughtSignature } from './foreign-signature.ts'
import { formatId } from './format-id.ts'

/** A block of reasoning as a part for a Gemini client, its signature marked where it isn't Gemini's. */
export function formatReasoningPart({ type, text, signature, data, format }: ReasoningDetail): JsonObject {
  if (type === 'reasoning.encrypted') {
    if (format === formatId) return { text: '', thoughtSignature: data ?? '' }
    return { text: '', thought: true, thoughtSignature: toThoughtSignature('data', format ?? '', data ?? '') }
  }
  if (!signature) return { text: text ?? '', thought: true }
  const thoughtSignature = format === formatId ? signature : toThoughtSignature('text', format ?? '', signature)
  return { text: text ?? '', thought: true, thoughtSignature }
}
