import type { JSONObject, LanguageModelV4StreamPart } from '@ai-sdk/provider'
import type { JsonObject } from '../run/json.ts'
import { readUsage } from './read-usage.ts'
import { toFinishReason } from './to-finish-reason.ts'

/** How a stream ended. */
export interface Ending {
  finishReason: string | undefined
  usage: JsonObject | undefined
  /** Ended without a finish reason and without `[DONE]`. */
  isCut: boolean
  hasFailed: boolean
  hasCalls: boolean
  /** Calls that stood in the text. */
  leakedCalls: number
  gateway: JSONObject | undefined
}

/** The last part of a stream. Warnings cannot come so late: what was recovered from the text stands in the metadata. */
export function toFinish(ending: Ending): Extract<LanguageModelV4StreamPart, { type: 'finish' }> {
  const { usage, gateway, leakedCalls } = ending
  const metadata = {
    ...(gateway && { gateway }),
    ...(leakedCalls > 0 && { 'workers-ai': { recoveredToolCalls: leakedCalls } }),
  }
  return {
    type: 'finish',
    finishReason: reasonOf(ending),
    usage: readUsage(usage),
    ...(Object.keys(metadata).length > 0 && { providerMetadata: metadata }),
  }
}

function reasonOf({ finishReason, isCut, hasFailed, hasCalls }: Ending) {
  if (hasFailed) return { unified: 'error' as const, raw: finishReason || 'error' }
  if (isCut) return { unified: 'error' as const, raw: 'stream-truncated' }
  return toFinishReason(finishReason, hasCalls)
}
