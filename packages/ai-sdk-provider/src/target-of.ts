import { findEntry, matchUrl, type ProviderEntry } from '@gw/adapters/registry'
import { GatewayError } from '@gw/headers'
import { credentialHeaders, entryHeaders } from '@gw/headers/entry-headers'
import { CF_TEMP_TOKEN } from './auth.ts'
import type { CapturedRequest } from './captured-request.ts'

/** Where a request goes in the gateway's words, and what of its headers goes along. */
export interface Target {
  /** Provider id, `compat` or `custom-…`. */
  provider: string
  /** Path below the provider. */
  endpoint: string
  headers: Record<string, string>
}

/** Base URLs beyond the registry's. */
export interface TargetOptions {
  /** The gateway's URL, with account and gateway name. */
  readonly url: string
  readonly customProviders?: Readonly<Record<string, string>> | undefined
}

type Match = Omit<Target, 'headers'> & { ownAuth: readonly string[] }

/** Base URL that published clients give the unified endpoint, wherever the gateway is. */
export const compatURL = 'https://gateway.ai.cloudflare.com/v1/compat'

/** A model at a base URL that nobody has named takes its secret wherever it puts it. */
const anyAuth = [...credentialHeaders].filter((name) => !/^(?:cf-aig-|proxy-|cookie)/.test(name))

/** The target of a provider's URL. Throws `invalid_provider` for one that the gateway does not know. */
export function targetOf(request: CapturedRequest, options: TargetOptions): Target {
  const match = findTarget(request.url, options)
  if (!match) throw unknownHost(request.url)
  const { ownAuth, ...target } = match
  return { ...target, headers: entryHeaders(withoutFillers(request.headers), { ownAuth }) }
}

/** Whether the gateway knows a URL. */
export function hasTarget(url: string, options: TargetOptions): boolean {
  return findTarget(url, options) !== undefined
}

function findTarget(url: string, options: TargetOptions): Match | undefined {
  return findCustom(url, options.customProviders ?? {}) ?? findCompat(url, options.url) ?? findRegistered(url)
}

function findCustom(url: string, customProviders: Readonly<Record<string, string>>): Match | undefined {
  const bases = Object.entries(customProviders).toSorted(([a], [b]) => b.length - a.length)
  for (const [base, slug] of bases) {
    const endpoint = below(url, base)
    if (endpoint !== undefined) return { provider: toCustomId(slug), endpoint, ownAuth: anyAuth }
  }
  return undefined
}

function toCustomId(slug: string): string {
  return slug.startsWith('custom-') ? slug : (findEntry(slug)?.id ?? `custom-${slug}`)
}

function findCompat(url: string, gatewayURL: string): Match | undefined {
  const endpoint = below(url, compatURL) ?? below(url, `${gatewayURL}/compat`)
  return endpoint ? { provider: 'compat', endpoint, ownAuth: ['authorization'] } : undefined
}

function findRegistered(url: string): Match | undefined {
  const match = matchUrl(url)
  return match && { provider: match.entry.id, endpoint: match.path, ownAuth: authOf(match.entry) }
}

function authOf({ auth, otherAuthHeaders = [] }: ProviderEntry): readonly string[] {
  return [auth.header, ...otherAuthHeaders]
}

function below(url: string, base: string): string | undefined {
  const prefix = `${base.replace(/\/+$/, '')}/`
  return url.startsWith(prefix) ? url.slice(prefix.length) : undefined
}

/** The filler stands behind any scheme: `Key CF_TEMP_TOKEN`. */
function withoutFillers(headers: readonly [string, string][]): [string, string][] {
  return headers.filter(([, value]) => !value.includes(CF_TEMP_TOKEN))
}

function unknownHost(url: string): GatewayError {
  const host = URL.canParse(url) ? new URL(url).host : 'an unreadable URL'
  return new GatewayError(
    'invalid_provider',
    `The gateway knows no provider at ${host}. Make it a custom provider there, and pass ` +
      "`customProviders: { 'https://base/url': 'slug' }` to createAiGateway.",
    { detail: { host } },
  )
}
