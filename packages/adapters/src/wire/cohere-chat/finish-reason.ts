import type { FinishReason } from '../../chat.ts'

const canonical: Readonly<Record<string, FinishReason>> = {
  COMPLETE: 'stop',
  STOP_SEQUENCE: 'stop',
  MAX_TOKENS: 'length',
  TOOL_CALL: 'tool_calls',
  ERROR_TOXIC: 'content_filter',
}

const native: Readonly<Record<FinishReason, string>> = {
  stop: 'COMPLETE',
  length: 'MAX_TOKENS',
  tool_calls: 'TOOL_CALL',
  function_call: 'TOOL_CALL',
  content_filter: 'ERROR_TOXIC',
}

/** The standard word for Cohere's; one without an equivalent (`ERROR`, `TIMEOUT`) counts as `stop` and stays as native. */
export function toFinishReason(word: string | undefined, hasToolCalls: boolean): FinishReason {
  const reason = canonical[word ?? ''] ?? 'stop'
  return reason === 'stop' && hasToolCalls ? 'tool_calls' : reason
}

/** Cohere's word for the standard one; its own word, where the answer came from there. */
export function toNativeFinishReason(choice: {
  finish_reason: FinishReason | null
  native_finish_reason?: string
  stop_sequence?: string
}): string {
  const { finish_reason: reason, native_finish_reason: word, stop_sequence } = choice
  if (word !== undefined && /^(?:COMPLETE|STOP_SEQUENCE|MAX_TOKENS|TOOL_CALL|ERROR_TOXIC)$/.test(word)) {
    return word
  }
  if (stop_sequence !== undefined) return 'STOP_SEQUENCE'
  return native[reason ?? 'stop']
}
