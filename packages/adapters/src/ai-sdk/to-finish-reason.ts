import type { FinishReason } from '../chat.ts'

const reasons: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'tool_calls',
  'content-filter': 'content_filter',
}

/** OpenAI's word for the AI SDK's; what has none is a plain end. */
export const toFinishReason = (unified: string): FinishReason => reasons[unified] ?? 'stop'
