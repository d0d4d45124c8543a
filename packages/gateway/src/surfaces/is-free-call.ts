import type { Provider } from '@gw/adapters'

/** Counting tokens. */
const countPath = /(?:[/:](?:count_tokens|countTokens|count-tokens|input_tokens)|count-tokens:rawPredict)$/

const freeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS'])

/** True for native calls for which a vendor charges nothing: reading and deleting, counting tokens, and its moderations. */
export function isFreeCall({ moderation }: Provider, method: string, path: string): boolean {
  const isFreeModeration = moderation?.isFree === true && /(?:^|\/)moderations$/.test(path)
  return freeMethods.has(method) || countPath.test(`/${path}`) || isFreeModeration
}
