import { buildHeaders, type GatewayOptions } from '@gw/headers'
import { isObject } from './is-object.ts'
import type { AiGatewayOptions } from './settings.ts'

/** Options that are objects of independent entries: merged entry by entry. */
const merged: ReadonlySet<string> = /* @__PURE__ */ new Set(['metadata', 'retries', 'constraints'])

/**
 * The headers that the options ask for. Throws `invalid_header`, which names field and limit.
 *
 * @example
 * parseAiGatewayOptions({ cacheTtl: 3600 }).get('cf-aig-cache-ttl') // '3600'
 */
export function parseAiGatewayOptions(options: AiGatewayOptions): Headers {
  return new Headers(optionHeaders(options))
}

/** The same headers as a plain object, lower case. */
export function optionHeaders(options: GatewayOptions): Record<string, string> {
  // Published clients never send "false", and Cloudflare doesn't say what it would mean.
  const { skipCache, ...rest } = options
  return buildHeaders(skipCache === false ? rest : options)
}

/** The options of provider, model and call as one, later ones winning; `undefined` leaves an option as it is. */
export function mergeOptions(...all: readonly (object | undefined)[]): AiGatewayOptions {
  const result: Record<string, unknown> = {}
  for (const options of all) {
    for (const [name, value] of Object.entries(options ?? {})) {
      if (value === undefined) continue
      const before = result[name]
      result[name] = merged.has(name) && isObject(before) && isObject(value) ? { ...before, ...value } : value
    }
  }
  return result
}
