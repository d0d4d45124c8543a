import type { ResumeBinding } from '@gw/adapters/resumable-stream'
import { buildHeaders, GatewayError } from '@gw/headers'
import { entryHeaders } from '@gw/headers/entry-headers'
import { AiGatewayError } from './ai-gateway-error.ts'
import type { CapturedRequest } from './captured-request.ts'
import { optionHeaders } from './gateway-options.ts'
import { isAbortError } from './is-abort-error.ts'
import type { AiGatewayOptions, AnyBindingSettings, AnySettings, FetchFunction } from './settings.ts'
import { hasTarget, targetOf, type Target, type TargetOptions } from './target-of.ts'
import { universalObjects, universalText, type Entry } from './universal-body.ts'

/** Sends a call's requests to the gateway, with the call's options. */
export interface Transport extends TargetOptions {
  /** All entries in one request. */
  sendUniversal(entries: readonly Entry[], signal: AbortSignal | undefined): Promise<Response>
  /** One request as it is, on the provider's own path; further ones of a call are not for the cache. */
  sendNative(target: Target, request: CapturedRequest, isFirst: boolean): Promise<Response>
  /** Where the gateway's runs are read on. */
  runs: ResumeBinding
}

const cloudflareURL = 'https://gateway.ai.cloudflare.com/v1'

/** The transport of one call. Throws `invalid_header` for an option past its limit. */
export function createTransport(settings: AnySettings, options: AiGatewayOptions): Transport {
  const headers = optionHeaders(options)
  const binding = 'binding' in settings ? settings.binding : undefined
  const url = gatewayURLOf(settings)
  return {
    url,
    customProviders: settings.customProviders,
    sendUniversal: async (entries, signal) => {
      signal?.throwIfAborted()
      if (binding) {
        const run = () => binding.run(universalObjects(entries, headers), signal ? { signal } : {})
        return reach('its binding', signal, run)
      }
      const all = { 'content-type': 'application/json', ...headers, ...(await keyHeader(settings)) }
      const init = { method: 'POST', headers: all, body: universalText(entries), signal: signal ?? null }
      return expectHere(await send(settings, url, init), url)
    },
    sendNative: async (target, request, isFirst) => {
      const base = binding ? await urlOf(binding, target) : `${url}/${target.provider}`
      const init = passedOn(request)
      const response = await send(settings, `${base}/${target.endpoint}`, {
        ...init,
        headers: {
          ...(isFirst && request.method !== 'GET' ? headers : uncached(options)),
          ...target.headers,
          ...(await keyHeader(settings)),
        },
      })
      if (request.redirect !== 'follow') return response
      const location = request.method === 'GET' && isRedirect(response) && response.headers.get('location')
      // A provider's file; it needs no credentials.
      return location ? globalThis.fetch(new URL(location, base), init) : expectHere(response, base)
    },
    runs: {
      fetch: async (runURL, init) => {
        const path = runURL.slice(runURL.indexOf('/run/'))
        return send(settings, url + path, { ...init, headers: await keyHeader(settings) })
      },
    },
  }
}

/** The gateway's URL. Throws where the settings don't say which it is. */
export function gatewayURLOf(settings: AnySettings): string {
  if ('binding' in settings) return 'binding'
  const standard = settings.baseURL === undefined ? undefined : 'default'
  const { baseURL = cloudflareURL, accountId = standard, gateway = standard } = settings
  if (!accountId || !gateway || !baseURL) {
    throw new GatewayError(
      'invalid_request',
      'createAiGateway needs `accountId` and `gateway`, or `baseURL`, or `binding`.',
    )
  }
  return `${baseURL.replace(/\/+$/, '')}/${encodeURIComponent(accountId)}/${encodeURIComponent(gateway)}`
}

/** What stays as the model wrote it. */
function passedOn({ method, body, signal, redirect }: CapturedRequest): RequestInit {
  // Without `duplex` Node refuses a body that is still being written.
  return {
    method,
    body: body ?? null,
    signal: signal ?? null,
    ...(redirect && { redirect }),
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  }
}

/** A cached answer would keep polling from ever seeing the end, and a cache key is for the first request alone. */
function uncached({ cacheTtl: _ttl, cacheKey: _key, ...options }: AiGatewayOptions): Record<string, string> {
  return optionHeaders({ ...options, skipCache: true })
}

async function keyHeader({ apiKey }: AnySettings): Promise<Record<string, string>> {
  return buildHeaders({ authorization: typeof apiKey === 'function' ? await apiKey() : apiKey })
}

/** Redirects are not followed: they could lead to another host, and the request holds secrets. */
async function send(settings: AnySettings, url: string, init: RequestInit): Promise<Response> {
  const fetch: FetchFunction = settings.fetch ?? globalThis.fetch
  return reach(url, init.signal, () => fetch(url, { ...init, redirect: 'manual' }))
}

/** What goes wrong on the way is an error that the AI SDK knows; runtimes differ in how they say it. */
async function reach(
  place: string,
  signal: AbortSignal | null | undefined,
  request: () => Promise<Response>,
): Promise<Response> {
  try {
    return await request()
  } catch (cause) {
    if (signal?.aborted || isAbortError(cause)) throw cause
    // Some providers take a secret in the query.
    const [url = ''] = place.split('?')
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new AiGatewayError(`The gateway can't be reached at ${url}: ${reason}`, {
      code: 'unreachable',
      isRetryable: true,
      url,
      cause,
    })
  }
}

function isRedirect({ type, status }: Response): boolean {
  return type === 'opaqueredirect' || (status > 300 && status < 309 && status !== 304)
}

function expectHere(response: Response, url: string): Response {
  if (!isRedirect(response)) return response
  void response.body?.cancel()
  throw new AiGatewayError(
    `${url} redirects, which is not followed because the request holds secrets. Correct \`baseURL\`.`,
    { code: 'redirected', statusCode: response.status, isRetryable: false, url },
  )
}

/**
 * Sends what a model asks for after its first request: polling goes through the gateway, files that no provider's API
 * serves are fetched where they lie, without headers. The model's secret goes only where its first request went: an
 * answer could name any URL.
 */
export async function sendFollowUp(
  transport: Transport,
  request: CapturedRequest,
  first: CapturedRequest | undefined,
): Promise<Response> {
  if (isDownload(transport, request)) return globalThis.fetch(request.url, passedOn(request))
  const target = targetOf(request, transport)
  const isSame = first !== undefined && targetOf(first, transport).provider === target.provider
  const headers = isSame ? target.headers : entryHeaders(request.headers, { ownAuth: [] })
  return transport.sendNative({ ...target, headers }, request, false)
}

/** Whether a request is for a file that no provider's API serves. */
export function isDownload(transport: Transport, { method, url }: CapturedRequest): boolean {
  return method === 'GET' && !hasTarget(url, transport)
}

/** Where a binding's provider can be reached over HTTP. */
async function urlOf(binding: AnyBindingSettings['binding'], { provider }: Target): Promise<string> {
  const url = await binding.getUrl?.(provider)
  if (url !== undefined) return url.replace(/\/+$/, '')
  throw new GatewayError(
    'unsupported',
    `A binding without getUrl() carries JSON only, no uploads to ${provider}. Use \`accountId\` and \`gateway\` instead.`,
  )
}
