import type { FinishReason } from '../../chat.ts'
import { objectOf, stringOf, type JsonObject } from '../../json.ts'

export interface Ending {
  finish_reason: FinishReason
  native_finish_reason?: string
}

/** Why an answer ended: its `status`, and for one that is incomplete the reason. */
export function readEnding(response: JsonObject, hasToolCalls: boolean): Ending {
  const status = stringOf(response['status'])
  const reason = stringOf(objectOf(response['incomplete_details'])?.['reason'])
  const native = reason ?? status
  const whole = hasToolCalls ? 'tool_calls' : 'stop'
  return {
    finish_reason: status === 'incomplete' ? (reason === 'content_filter' ? reason : 'length') : whole,
    ...(native !== undefined && { native_finish_reason: native }),
  }
}

/** The inverse: `status` and `incomplete_details`. An answer that the model refused is complete. */
export function formatEnding(
  finish: FinishReason,
  { isRefusal }: { isRefusal: boolean },
): { status: 'completed' | 'incomplete'; incomplete_details: { reason: string } | null } {
  if (finish === 'length') return { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } }
  if (finish === 'content_filter' && !isRefusal) return { status: 'incomplete', incomplete_details: { reason: finish } }
  return { status: 'completed', incomplete_details: null }
}
