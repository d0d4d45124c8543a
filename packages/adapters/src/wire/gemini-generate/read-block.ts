import { objectOf, stringOf, type JsonObject } from '../../json.ts'

const unnamed: ReadonlySet<unknown> = new Set([
  undefined,
  null,
  0,
  '',
  'BLOCK_REASON_UNSPECIFIED',
  'BLOCKED_REASON_UNSPECIFIED',
])

/** What marks the finish reason of an answer that was refused for its prompt. */
export const blockPrefix = 'promptFeedback:'

/** Why the prompt was refused, as a candidate that ends the answer; `undefined` when it wasn't. */
export function readBlock(body: JsonObject): JsonObject | undefined {
  const feedback = objectOf(body['promptFeedback'])
  const reason = feedback?.['blockReason']
  if (feedback === undefined || unnamed.has(reason)) return undefined
  const message = stringOf(feedback['blockReasonMessage'])
  return {
    finishReason: `${blockPrefix}${typeof reason === 'string' ? reason : 'SAFETY'}`,
    ...(message !== undefined && { finishMessage: message }),
  }
}
