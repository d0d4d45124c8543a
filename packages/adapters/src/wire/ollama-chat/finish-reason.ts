import type { FinishReason } from '../../chat.ts'

/** The standard word for `done_reason`; Ollama has none of its own for tool calls. */
export function toFinishReason(word: string | undefined, hasToolCalls: boolean): FinishReason {
  if (word === 'length' || word === 'content_filter') return word
  return hasToolCalls ? 'tool_calls' : 'stop'
}

/** `done_reason` for the standard word. */
export function toDoneReason(reason: FinishReason | null | undefined): string {
  return reason === 'length' || reason === 'content_filter' ? reason : 'stop'
}
