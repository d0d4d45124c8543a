import type { FlatOptions } from './gateway-options.ts'
import type { OwnField } from './own-fields.ts'
import { requestHeaders } from './request-headers.ts'
import { responseHeaders } from './response-headers.ts'
import type { ResponseMeta } from './response-meta.ts'

type Field = keyof FlatOptions | keyof ResponseMeta

type Prefix<F extends Field> = F extends OwnField
  ? 'gw-'
  : F extends 'sessionAffinity'
    ? 'x-'
    : F extends 'retryAfter'
      ? ''
      : 'cf-aig-'

type KebabCase<S extends string> = S extends 'Ms'
  ? ''
  : S extends `${infer First}${infer Rest}`
    ? `${First extends Lowercase<First> ? First : `-${Lowercase<First>}`}${KebabCase<Rest>}`
    : ''

type HeaderNames = { readonly [F in Field]: `${Prefix<F>}${KebabCase<F>}` }

/**
 * The name of every gateway header by the option or answer field that it carries; lower case, as `Headers` yields them.
 *
 * @example
 * headerNames.cacheTtl // 'cf-aig-cache-ttl'
 * headerNames.keySource // 'gw-key-source'
 * @see https://developers.cloudflare.com/ai-gateway/glossary/
 */
export const headerNames: HeaderNames = /* @__PURE__ */ tabulate()

function tabulate(): HeaderNames
function tabulate(): Record<string, string> {
  return Object.fromEntries([...requestHeaders, ...responseHeaders].map(({ field, name }) => [field, name]))
}
