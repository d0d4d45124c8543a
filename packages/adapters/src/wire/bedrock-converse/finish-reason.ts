import type { Choice, FinishReason } from '../../chat.ts'

/** @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#bedrock-runtime_Converse-response-stopReason */
const finishReasons: Readonly<Record<string, FinishReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool_calls',
  guardrail_intervened: 'content_filter',
  content_filtered: 'content_filter',
  malformed_model_output: 'stop',
  malformed_tool_use: 'stop',
}

const stopReasons: Readonly<Record<FinishReason, string>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  function_call: 'tool_use',
  content_filter: 'content_filtered',
}

/** The standard word for a stop reason; an unknown one counts as `stop`. Whether there are calls outweighs what it says of them. */
export function toFinishReason(native: string | undefined, hasToolCalls: boolean): FinishReason {
  const reason = finishReasons[native ?? ''] ?? 'stop'
  if (reason === 'stop' && hasToolCalls) return 'tool_calls'
  return reason === 'tool_calls' && !hasToolCalls ? 'stop' : reason
}

type Ending = Pick<Choice, 'native_finish_reason' | 'stop_sequence'> & { finish_reason: FinishReason }

/** The inverse of `toFinishReason`: the provider's own word where it is one of the format's, else the nearest. */
export function toStopReason({ finish_reason, native_finish_reason: native, stop_sequence }: Ending): string {
  if (native !== undefined && native in finishReasons) return native
  return stop_sequence === undefined ? stopReasons[finish_reason] : 'stop_sequence'
}
