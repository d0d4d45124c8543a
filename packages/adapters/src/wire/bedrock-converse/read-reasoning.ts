import type { ReasoningDetail } from '../../chat.ts'
import { objectOf, stringOf, type JsonObject } from '../../json.ts'
import { formatId } from './format-id.ts'
import { reasoningFormat } from './reasoning-format.ts'

/** A block of reasoning: text with its signature, or what only the provider can read. */
export function readReasoning(reasoning: JsonObject | undefined, model: string): ReasoningDetail[] {
  const data = stringOf(reasoning?.['redactedContent'])
  if (data !== undefined) return [{ type: 'reasoning.encrypted', data, format: formatId }]
  const stated = objectOf(reasoning?.['reasoningText'])
  if (!stated) return []
  const signature = stringOf(stated['signature'])
  const text = stringOf(stated['text']) ?? ''
  return [{ type: 'reasoning.text', text, ...(signature && { signature }), format: reasoningFormat(model) }]
}
