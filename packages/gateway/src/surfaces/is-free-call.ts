/** Counting tokens, and OpenAI's moderations. */
const freePath = /(?:[/:](?:count_tokens|countTokens|count-tokens|input_tokens|moderations)|count-tokens:rawPredict)$/

/** True for native calls for which vendors charge nothing: reading and deleting, counting tokens, judging content. */
export function isFreeCall(method: string, path: string): boolean {
  return method !== 'POST' || freePath.test(`/${path}`)
}
