import { gatewayAwareFetch, markAwareAtBottom } from './capture.ts'
import { isObject } from './is-object.ts'
import type { FetchFunction } from './settings.ts'

/** Stands where a provider wants a key and the gateway has it; never sent. */
export const CF_TEMP_TOKEN = 'CF_TEMP_TOKEN'

/** Settings by which a provider gets its credentials without a key. */
const otherCredentials = ['tokenProvider', 'credentialProvider', 'accessKeyId', 'secretAccessKey']

type Create<C, P> = (config?: C) => P

/**
 * A provider's `createX` for use behind a gateway: works without a key, and its models show the gateway their requests.
 * The caller's config stays as it is.
 */
export function authWrapper<C extends object, P extends object>(create: Create<C, P>, keyName?: string): Create<C, P>
export function authWrapper(create: Create<object, object>, keyName = 'apiKey'): Create<object, object> {
  return (config = {}) => showRequests(create(withPlaceholder(config, keyName)))
}

function withPlaceholder(config: object, keyName: string): object {
  const given = new Map<string, unknown>(Object.entries(config))
  const hasCredentials = [keyName, ...otherCredentials].some((name) => given.get(name) !== undefined)
  const fetch = given.get('fetch')
  return {
    ...config,
    ...(!hasCredentials && { [keyName]: CF_TEMP_TOKEN }),
    fetch: gatewayAwareFetch(isFetch(fetch) ? fetch : undefined),
  }
}

/** The provider, with a note on each of its models' `fetch` that it ends in ours, whatever the provider puts around it. */
function showRequests<P extends object>(provider: P): P {
  return new Proxy(provider, {
    apply: (target, self, args) => marked(callOf(target, self, args)),
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      return (...args: unknown[]) => marked(callOf(value, target, args))
    },
  })
}

function callOf(target: object, self: unknown, args: unknown[]): unknown {
  return typeof target === 'function' ? Reflect.apply(target, self, args) : undefined
}

function marked<T>(model: T): T {
  if (!isObject(model)) return model
  for (const part of [model, ...Object.values(model)]) {
    if (!isObject(part) || !isObject(part['config'])) continue
    const fetch = part['config']['fetch']
    if (typeof fetch === 'function') markAwareAtBottom(fetch)
  }
  return model
}

function isFetch(value: unknown): value is FetchFunction {
  return typeof value === 'function'
}
