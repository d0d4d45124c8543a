/**
 * HTTP status of Workers AI's own error numbers.
 * @see https://developers.cloudflare.com/workers-ai/platform/errors/
 */
const statuses: Readonly<Record<number, number>> = {
  3003: 400,
  3006: 413,
  3007: 408,
  3008: 408,
  3023: 403,
  3036: 429,
  3039: 400,
  3040: 429,
  3041: 403,
  3042: 404,
  5004: 400,
  5005: 405,
  5006: 400,
  5007: 400,
  5016: 403,
  5018: 403,
  5019: 405,
  5021: 413,
  5023: 400,
  10000: 401,
}

/** Workers AI refuses to stream an answer that has to follow a schema. */
export const schemaStreamRefused = 5023

/** The HTTP status that a number stands for; `undefined` for numbers that nobody documented. */
export function statusOfCode(code: number | undefined): number | undefined {
  return code === undefined ? undefined : statuses[code]
}

/**
 * The number in the words of a binding's error, `"3040: Capacity exceeded"`, also behind a name or a request id. Only
 * documented numbers count, so that a port or a count is not taken for one.
 */
export function codeInMessage(message: string): number | undefined {
  for (const [, digits] of message.matchAll(/\b(\d{3,5})\s*:/g)) {
    if (statuses[Number(digits)] !== undefined) return Number(digits)
  }
  return undefined
}
