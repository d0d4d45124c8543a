import type { LanguageModelV4FinishReason } from '@ai-sdk/provider'

const reasons: Readonly<Record<string, LanguageModelV4FinishReason['unified']>> = {
  stop: 'stop',
  length: 'length',
  model_length: 'length',
  max_tokens: 'length',
  tool_calls: 'tool-calls',
  function_call: 'tool-calls',
  content_filter: 'content-filter',
  error: 'error',
}

/**
 * Why the model stopped. Native answers do not say: they stopped by themselves. Where there are calls, `stop` means that
 * the model waits for them. A reason that is not known is `other`.
 */
export function toFinishReason(raw: string | undefined, hasToolCalls: boolean): LanguageModelV4FinishReason {
  const stated = raw || 'stop'
  const unified = reasons[stated] ?? 'other'
  return { unified: hasToolCalls && unified === 'stop' ? 'tool-calls' : unified, raw: stated }
}
