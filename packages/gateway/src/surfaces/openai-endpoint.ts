import { openaiChat, type JsonObject } from '@gw/adapters'
import { GatewayError } from '@gw/headers'
import type { Deps } from '../deps.ts'
import { formatDialect } from '../errors/dialect.ts'
import type { NativeLeg } from '../plan.ts'
import { findUpstreamSecret } from '../steps/credentials.ts'
import { asObject, readJsonBody } from '../steps/read-json-body.ts'
import { resolveTarget, type Target } from '../steps/resolve-target.ts'
import { retryPolicyOf } from '../steps/retry-policy-of.ts'
import type { Inbound, Surface } from './surface.ts'

/** Endpoints of OpenAI's API, other than chat, that other providers have too. */
export type OpenAIEndpoint = 'embeddings' | 'responses'

/** A way in that passes a body to the provider's endpoint of the same name, as it is but for the name of the model. */
export function openaiEndpoint(endpoint: OpenAIEndpoint): Surface {
  return {
    id: endpoint,
    dialect: formatDialect(openaiChat),
    parse: async (inbound, deps) => {
      const body = asObject((await readJsonBody(inbound.http, deps.maxBodyBytes)).value)
      const leg = endpointLeg({ endpoint, body }, inbound, deps)
      const { model } = body
      return { legs: [leg], requestedModel: typeof model === 'string' ? model : undefined, stream: leg.stream }
    },
  }
}

/** @throws GatewayError when the model leads nowhere, `unsupported` when its provider has no such endpoint. */
export function endpointLeg(
  { endpoint, body }: { endpoint: OpenAIEndpoint; body: JsonObject },
  { http, options, gateway }: Inbound,
  deps: Deps,
): NativeLeg {
  const named = body['model']
  const target = resolveTarget(typeof named === 'string' ? named : undefined, deps.providers)
  const { provider, model } = target
  const headers = new Headers(http.headers)
  headers.set('content-type', 'application/json')
  return {
    kind: 'native',
    step: 0,
    provider,
    model,
    method: 'POST',
    path: pathAt(target, endpoint),
    search: '',
    headers,
    body: JSON.stringify({ ...body, model }),
    stream: body['stream'] === true,
    secret: findUpstreamSecret(headers),
    retry: retryPolicyOf(options, gateway),
    options,
  }
}

function pathAt({ provider, api: { wire } }: Target, endpoint: OpenAIEndpoint): string {
  if (provider.openaiPath !== undefined) return `${provider.openaiPath}/${endpoint}`
  if (wire.id === openaiChat.id) return endpoint
  throw new GatewayError(
    'unsupported',
    `Provider "${provider.id}" has no ${endpoint} in OpenAI's format. Use its own API at /v1/{account}/{gateway}/${provider.id}/….`,
  )
}
