import { workersAiStatusOf } from '@gw/adapters/workers-ai-status'

/** Workers AI refuses to stream an answer that has to follow a schema. */
export const schemaStreamRefused = 5023

/**
 * The number in the words of a binding's error, `"3040: Capacity exceeded"`, also behind a name or a request id. Only
 * documented numbers count, so that a port or a count is not taken for one.
 */
export function codeInMessage(message: string): number | undefined {
  for (const [, digits] of message.matchAll(/\b(\d{3,5})\s*:/g)) {
    if (workersAiStatusOf(Number(digits)) !== undefined) return Number(digits)
  }
  return undefined
}
