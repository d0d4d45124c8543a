import type { FinishReason } from '../../chat.ts'

const finishReasons: Readonly<Record<string, FinishReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  pause_turn: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool_calls',
  refusal: 'content_filter',
}

/** The standard word for a stop reason; an unknown one counts as `stop`. */
export function toFinishReason(native: string | undefined): FinishReason {
  return finishReasons[native ?? ''] ?? 'stop'
}

/** True for a word that the Messages API itself uses. */
export function isStopReason(native: string | undefined): native is string {
  return native !== undefined && native in finishReasons
}
