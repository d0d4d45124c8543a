import { buildHeaders, GatewayError } from '@gw/headers'
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

/** The same headers as a plain object, lower case. Throws `invalid_header` for an unknown option too. */
export function optionHeaders(options: AiGatewayOptions): Record<string, string> {
  expectKnown(options)
  // Published clients never send "false", and Cloudflare doesn't say what it would mean.
  const { skipCache, ...rest } = options
  return buildHeaders(skipCache === false ? rest : options)
}

const known = /* @__PURE__ */ new Set<string>()

/** Options of a call have no types that would find a misspelt name, and a limit that is not set can cost money. */
function expectKnown({ retries = {}, ...options }: AiGatewayOptions): void {
  for (const name of Object.keys({ ...options, ...(isObject(retries) ? retries : { retries }) })) {
    if (!known.has(name) && !isOption(name)) throw unknownOption(name)
    known.add(name)
  }
}

/** Whether a value can be wrong for this name, which is so for the options that `@gw/headers` knows. */
function isOption(name: string): boolean {
  if (name === 'authorization') return false
  try {
    buildHeaders({ [name]: Number.NaN })
    return false
  } catch {
    return true
  }
}

function unknownOption(name: string): GatewayError {
  const message =
    name === 'retries'
      ? 'retries must be an object, such as `{ maxAttempts: 3 }`.'
      : `The gateway has no option ${name}. \`AiGatewayOptions\` lists them; the key is \`apiKey\` of createAiGateway.`
  return new GatewayError('invalid_header', message, { detail: { field: name } })
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
