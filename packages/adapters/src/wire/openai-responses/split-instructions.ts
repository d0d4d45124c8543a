import type { ChatRequest, Message } from '../../chat.ts'
import { formatId } from './format-id.ts'

interface Split {
  instructions: string | undefined
  messages: readonly Message[]
}

/**
 * Takes a leading system message for the `instructions` of a caller of this format. For other callers it stays where it
 * is, as an item: that means the same, and not every server of the format knows `instructions`.
 */
export function splitInstructions({ messages, extra_format }: ChatRequest): Split {
  const [first, ...rest] = messages
  if (extra_format !== formatId || first?.role !== 'system' || typeof first.content !== 'string') {
    return { instructions: undefined, messages }
  }
  return { instructions: first.content, messages: rest }
}
