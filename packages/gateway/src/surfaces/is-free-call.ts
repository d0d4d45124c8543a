import type { Provider } from '@gw/adapters'

/** Counting tokens. */
const countPath = /(?:[/:](?:count_tokens|countTokens|count-tokens|input_tokens)|count-tokens:rawPredict)$/

/** True for native calls for which a vendor charges nothing: reading and deleting, counting tokens, and its moderations. */
export function isFreeCall({ moderation }: Provider, method: string, path: string): boolean {
  const isFreeModeration = moderation?.isFree === true && /(?:^|\/)moderations$/.test(path)
  return method !== 'POST' || countPath.test(`/${path}`) || isFreeModeration
}
