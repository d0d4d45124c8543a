import type { AssistantMessage, ReasoningDetail } from '../../chat.ts'
import { compact, type JsonObject } from '../../json.ts'

/**
 * How an imitator of the format takes reasoning of earlier turns back, which OpenAI does not: as `reasoning_details`
 * (OpenRouter), or as `reasoning_content` of the turn that is not over (DeepSeek).
 */
export type ReasoningBack = 'details' | 'content'

export interface TurnPlace {
  reasoning: ReasoningBack | undefined
  /** The message comes after the user's last one: its tools' results are what the model is to go on from. */
  isOpen: boolean
}

/** What goes back of a turn's reasoning; `undefined` when something of it is lost. */
export function formatReasoning(
  { reasoning_content: content, reasoning_details: details = [] }: AssistantMessage,
  { reasoning, isOpen }: TurnPlace,
): JsonObject | undefined {
  if (!content && details.length === 0) return {}
  if (reasoning === 'content') {
    const text = content ?? details.map((detail) => detail.text ?? '').join('')
    return isOpen && text !== '' ? { reasoning_content: text } : {}
  }
  const own = reasoning === 'details' ? details.filter(isVersioned) : []
  return own.length > 0 ? { reasoning_details: own.map(formatDetail) } : undefined
}

/**
 * OpenRouter names the maker's format of a block, with a version; other blocks were signed for somebody else.
 * @see https://openrouter.ai/docs/use-cases/reasoning-tokens#preserving-reasoning-blocks
 */
const isVersioned = ({ format }: ReasoningDetail): boolean => format !== undefined && /-v\d+$/.test(format)

function formatDetail({ type, text, ...detail }: ReasoningDetail, index: number): JsonObject {
  const words = type === 'reasoning.summary' ? { summary: text } : { text }
  return { type, ...compact({ ...words, ...detail }), index }
}
