import { streamTypes, toNativeUrl, type Provider } from '@gw/adapters'
import { GatewayError, isGatewayHeader } from '@gw/headers'
import { credentialHeaders } from '@gw/headers/entry-headers'
import type { Deps } from '../deps.ts'
import type { ChatLeg, NativeLeg, TaskLeg, UpstreamLeg } from '../plan.ts'
import { chatBody } from './chat-body.ts'
import { findKeyParameter, findUpstreamSecret } from './credentials.ts'
import { orGatewayError } from './or-gateway-error.ts'
import { readCredential, type Credential } from './read-credential.ts'
import type { ResolvedKey } from './resolve-keys.ts'
import { toTarget } from './to-target.ts'

export interface UpstreamRequest {
  request: Request
  /** What the target could not express. */
  warnings: string[]
}

/** The HTTP request for one attempt. @throws GatewayError `unsupported`, `invalid_request`, `blocked_upstream_url` */
export async function buildUpstreamRequest(
  leg: UpstreamLeg,
  { secret }: ResolvedKey,
  deps: Deps,
): Promise<UpstreamRequest> {
  const credential = readCredential(secret, leg.provider, deps)
  if (leg.kind === 'chat') return buildChat(leg, credential, deps)
  return leg.kind === 'task' ? buildTask(leg, credential, deps) : buildNative(leg, credential, deps)
}

async function buildChat(leg: ChatLeg, credential: Credential, deps: Deps): Promise<UpstreamRequest> {
  const { provider, api, model, chat } = leg
  const template = chatUrl(leg)
  const url = upstreamUrl(provider, credential.toUrl?.(template) ?? template, { credential, deps })
  const { text, warnings } = orGatewayError(() => chatBody(leg, deps))
  const headers = new Headers({
    ...provider.headers,
    ...api.chatHeaders?.({ model, stream: chat.stream, betas: leg.betas.values }),
    'content-type': 'application/json',
    accept: chat.stream ? streamTypes[api.wire.framing ?? 'sse'].replace(/;.*/, '') : 'application/json',
  })
  const { values, dropped } = leg.betas
  if (api.betas && !api.betas.inBody && values.length > 0) headers.set(api.betas.header, values.join(','))
  const request = new Request(url, { method: 'POST', headers, body: text, redirect: 'manual' })
  return { request: await credential.authorize(request), warnings: [...warnings, ...dropped] }
}

function chatUrl({ provider, api, model, chat: { stream } }: ChatLeg): string {
  if (!api.chatUrl) {
    const path = api.chatPath?.(model, stream) ?? api.wire.path(model, stream)
    return `${provider.origin}${provider.basePath}${path}`
  }
  const url = api.chatUrl(model, stream)
  if (url !== undefined) return url
  throw new GatewayError('invalid_request', `Name the model ${provider.modelForm}.`, { detail: { param: 'model' } })
}

async function buildTask(leg: TaskLeg, credential: Credential, deps: Deps): Promise<UpstreamRequest> {
  const { provider, path, body, betas, warnings } = leg
  const whole = path.startsWith('/') ? `${provider.origin}${provider.basePath}${path}` : path
  const url = upstreamUrl(provider, credential.toUrl?.(whole) ?? whole, { credential, deps })
  const headers = new Headers({ ...provider.headers, 'content-type': 'application/json', accept: 'application/json' })
  if (betas && betas.values.length > 0) headers.set(betas.header, betas.values.join(','))
  const request = new Request(url, { method: 'POST', headers, body, redirect: 'manual' })
  return { request: await credential.authorize(request), warnings }
}

async function buildNative(leg: NativeLeg, credential: Credential, deps: Deps): Promise<UpstreamRequest> {
  const { provider, path, search, method, body } = leg
  // Braces are the caller's here; those of our own URLs are places to fill.
  const native = toNativeUrl(provider, path.replaceAll('{', '%7B').replaceAll('}', '%7D'))
  if (native === undefined) {
    throw new GatewayError(
      'not_found',
      `The path for "${provider.id}" is not complete: it must name the resource or region too.`,
    )
  }
  const url = upstreamUrl(provider, native, { credential, deps, search })
  const headers = nativeHeaders(leg)
  if (leg.secret && credential.staysHere) for (const name of credentialNames(provider)) headers.delete(name)
  for (const [name, value] of Object.entries(provider.headers ?? {})) {
    if (!headers.has(name)) headers.set(name, value)
  }
  const streaming = body instanceof ReadableStream ? { duplex: 'half' as const } : {}
  const request = new Request(url, { method, headers, body, redirect: 'manual', ...streaming })
  return { request: hasOwnCredential(headers, leg) ? request : await credential.authorize(request), warnings: [] }
}

/** What belongs to this hop, to the gateway, or to another provider stays here. */
function nativeHeaders({ headers, provider }: NativeLeg): Headers {
  const own = new Set(credentialNames(provider))
  const kept = [...headers].filter(([name, value]) => {
    if (isGatewayHeader(name) || hopHeaders.has(name) || name.startsWith('cf-') || name.startsWith('x-forwarded-'))
      return false
    return (
      !credentialHeaders.has(name) || (own.has(name) && findUpstreamSecret({ get: () => value }, [name]) !== undefined)
    )
  })
  return new Headers(kept)
}

const hopHeaders: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'content-length',
  'keep-alive',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
  'x-real-ip',
  'accept-encoding',
])

function hasOwnCredential(headers: Headers, { provider, search }: NativeLeg): boolean {
  return credentialNames(provider).some((name) => headers.has(name)) || findKeyParameter(search, provider) !== undefined
}

const credentialNames = ({ auth, otherAuthHeaders = [] }: Provider): readonly string[] => [
  auth.header,
  ...otherAuthHeaders,
]

/** `.` and `..`, plain or escaped: they would lead out of the provider's API with its key. */
const dotSegment = /(?:^|[/\\])(?:\.|%2e){1,2}(?:[/\\?#]|$)/i

interface UrlContext {
  credential: Credential
  deps: Deps
  /** The caller's query, with its `?`; it is passed as it is. */
  search?: string
}

/** Fills `{name}` and `{name=default}`. */
function upstreamUrl(provider: Provider, url: string, { credential, deps, search = '' }: UrlContext): URL {
  const filled = url.replaceAll(/\{(\w+)(?:=([\w-]+))?\}/g, (placeholder, name: string, usual?: string) => {
    const value = credential.variables[name] ?? deps.variables[name] ?? usual
    if (value) return encodeURIComponent(value)
    throw new GatewayError(
      'missing_upstream_secret',
      `Provider "${provider.id}" needs the ${variableHints[name] ?? `${name} of your account`}.`,
      {
        detail: { placeholder },
      },
    )
  })
  if (dotSegment.test(filled)) {
    throw new GatewayError('invalid_request', 'Paths and model names must not contain "." or ".." segments.')
  }
  return toTarget(new URL(filled + search), provider.id, deps)
}

/** What the operator sets for a placeholder. */
const variableHints: Readonly<Record<string, string>> = {
  account: 'CLOUDFLARE_ACCOUNT_ID of your account',
  project: 'GOOGLE_VERTEX_PROJECT',
}
