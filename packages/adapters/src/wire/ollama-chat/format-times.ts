import type { ChatUsage } from '../../chat.ts'
import type { JsonObject } from '../../json.ts'

export interface Times {
  usage: ChatUsage | null | undefined
  /** Ms since the epoch, as are the others. */
  startedAt: number
  /** When the first piece of the answer came. */
  firstAt: number
  endedAt: number
}

/** Counts and durations of a last line. Clients divide by the durations, so none that counts is zero. */
export function formatTimes({ usage, startedAt, firstAt, endedAt }: Times): JsonObject {
  return {
    total_duration: nanoseconds(endedAt - startedAt),
    load_duration: 0,
    prompt_eval_count: usage?.prompt_tokens ?? 0,
    prompt_eval_duration: nanoseconds(firstAt - startedAt),
    eval_count: usage?.completion_tokens ?? 0,
    eval_duration: nanoseconds(endedAt - firstAt),
  }
}

const nanoseconds = (ms: number): number => Math.max(1, Math.round(ms * 1_000_000))
