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

/**
 * The HTTP status that an error number of Workers AI stands for; `undefined` for numbers that nobody documented.
 * @see https://developers.cloudflare.com/workers-ai/platform/errors/
 */
export function workersAiStatusOf(code: number | undefined): number | undefined {
  return code === undefined ? undefined : statuses[code]
}
