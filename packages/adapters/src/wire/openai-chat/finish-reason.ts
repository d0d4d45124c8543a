import type { FinishReason } from '../../chat.ts'

const finishReasons: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  length: 'length',
  tool_calls: 'tool_calls',
  content_filter: 'content_filter',
  function_call: 'function_call',
  eos: 'stop',
  model_length: 'length',
  max_tokens: 'length',
  sensitive: 'content_filter',
}

/** The standard word for a provider's finish reason; an unknown word counts as `stop`, none as `undefined`. */
export function toFinishReason(native: string | undefined, hasToolCalls: boolean): FinishReason | undefined {
  if (native === undefined || native === '') return undefined
  const reason = finishReasons[native] ?? 'stop'
  return reason === 'stop' && hasToolCalls ? 'tool_calls' : reason
}
