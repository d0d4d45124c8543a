import type { Choice, FinishReason } from '../../chat.ts'
import { isStopReason } from './to-finish-reason.ts'

const stopReasons: Readonly<Record<FinishReason, string>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  function_call: 'tool_use',
  content_filter: 'refusal',
}

type Ending = Pick<Choice, 'native_finish_reason' | 'stop_sequence'> & { finish_reason: FinishReason }

/** The inverse of `toFinishReason`: the provider's own word where it is one of the format's, else the nearest. */
export function toStopReason({ finish_reason, native_finish_reason, stop_sequence }: Ending): string {
  if (isStopReason(native_finish_reason)) return native_finish_reason
  return stop_sequence === undefined ? stopReasons[finish_reason] : 'stop_sequence'
}
