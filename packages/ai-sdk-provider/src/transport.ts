import { GatewayError } from '@gw/headers'
import { entryHeaders } from '@gw/headers/entry-headers'
import { AiGatewayError } from './ai-gateway-error.ts'
import type { CapturedRequest } from './captured-request.ts'
import { optionHeaders } from './gateway-options.ts'
import type { AiGatewayOptions, AnyBindingSettings, AnySettings, FetchFunction } from './settings.ts'
import { hasTarget, targetOf, type Target, type TargetOptions } from './target-of.ts'
import { universalObjects, universalText, type Entry } from './universal-body.ts'

/** Sends a call's requests to the gateway, with the call's options. */
export interface Transport extends TargetOptions {
  /** All entries in one request. */
  sendUniversal(entries: readonly Entry[], signal: AbortSignal | undefined): Promise<Response>
  /** One request as it is, on the provider's own path. */
  sendNative(target: Target, request: CapturedRequest): Promise<Response>
}

const cloudflareURL = 'https://gateway.ai.cloudflare.com/v1'

/** The transport of one call. Throws `invalid_header` for an option past its limit. */
export function createTransport(settings: AnySettings, options: AiGatewayOptions): Transport {
  const headers = optionHeaders(options)
  const binding = 'binding' in settings ? settings.binding : undefined
  const url = 'binding' in settings ? 'binding' : gatewayURLOf(settings)
  return {
    url,
    customProviders: settings.customProviders,
    sendUniversal: async (entries, signal) => {
      signal?.throwIfAborted()
      if (binding) return binding.run(universalObjects(entries, headers), signal ? { signal } : {})
      return send(settings, url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers, ...(await keyHeader(settings)) },
        body: universalText(entries),
        signal: signal ?? null,
      })
    },
    sendNative: async (target, request) => {
      const base = binding ? await urlOf(binding, target) : `${url}/${target.provider}`
      return send(settings, `${base}/${target.endpoint}`, {
        ...passedOn(request),
        headers: { ...headers, ...target.headers, ...(await keyHeader(settings)) },
      })
    },
  }
}

function gatewayURLOf(settings: Exclude<AnySettings, AnyBindingSettings>): string {
  const { baseURL = cloudflareURL } = settings
  const standard = settings.baseURL === undefined ? undefined : 'default'
  const { accountId = standard, gateway = standard } = settings
  if (!accountId || !gateway) {
    throw new GatewayError(
      'invalid_request',
      'createAiGateway needs `accountId` and `gateway`, or `baseURL`, or `binding`.',
    )
  }
  return `${baseURL.replace(/\/+$/, '')}/${encodeURIComponent(accountId)}/${encodeURIComponent(gateway)}`
}

/** What stays as the model wrote it. */
function passedOn({ method, body, signal, redirect = 'follow' }: CapturedRequest): RequestInit {
  // Without `duplex` Node refuses a body that is still being written.
  return {
    method,
    body: body ?? null,
    signal: signal ?? null,
    redirect,
    ...(body instanceof ReadableStream && { duplex: 'half' }),
  }
}

async function keyHeader({ apiKey }: AnySettings): Promise<Record<string, string>> {
  return optionHeaders({ authorization: typeof apiKey === 'function' ? await apiKey() : apiKey })
}

async function send(settings: AnySettings, url: string, init: RequestInit): Promise<Response> {
  const fetch: FetchFunction = settings.fetch ?? globalThis.fetch
  try {
    return await fetch(url, init)
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    throw new AiGatewayError(`The gateway can't be reached at ${url}: ${cause.message}`, {
      code: 'unreachable',
      isRetryable: true,
      url,
      cause,
    })
  }
}

/**
 * Sends what a model asks for after its first request: polling goes through the gateway, files that no provider's API
 * serves are fetched where they lie, without credentials.
 */
export async function sendFollowUp(transport: Transport, request: CapturedRequest): Promise<Response> {
  if (isDownload(transport, request)) {
    return globalThis.fetch(request.url, {
      ...passedOn(request),
      headers: entryHeaders(request.headers, { ownAuth: [] }),
    })
  }
  return transport.sendNative(targetOf(request, transport), request)
}

/** Whether a request is for a file that no provider's API serves. */
export function isDownload(transport: Transport, { method, url }: CapturedRequest): boolean {
  return method === 'GET' && !hasTarget(url, transport)
}

/** Where a binding's provider can be reached over HTTP. */
async function urlOf(binding: AnyBindingSettings['binding'], { provider, endpoint }: Target): Promise<string> {
  const url = await binding.getUrl?.(provider)
  if (url !== undefined) return url.replace(/\/+$/, '')
  throw new GatewayError(
    'unsupported',
    `A binding without getUrl() carries JSON only, not ${provider}/${endpoint}. Use \`accountId\` and \`gateway\` instead.`,
  )
}
