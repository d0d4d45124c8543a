import { isGatewayHeader } from '@gw/headers'
import type { AiRunOptions } from '../ai-binding.ts'
import { dispatch, type DelegateCall } from './delegate-call.ts'
import { mergeGatewayOptions, toRunHeaders } from './gateway-controls.ts'
import { mergeHeaders } from '../workers-ai/run/merge-headers.ts'
import { splitGateway } from '../workers-ai/run/split-gateway.ts'
import { createFetch, readJsonBody } from './provider-request.ts'

/** A `fetch` that makes each request a run: `env.AI.run('provider/model', body)`. The slug says which model. */
export function createRunFetch(
  call: DelegateCall,
  slug: string,
  headers: Record<string, string>,
): typeof globalThis.fetch {
  return createFetch(async (request) => {
    const { model: _, ...body } = readJsonBody(request) ?? {}
    const { signal } = request
    const perCall = [...request.headers].filter(([name]) => isGatewayHeader(name))
    const { gateway, headers: own } = splitGateway(mergeGatewayOptions(call.gateway, call.options))
    const extraHeaders = mergeHeaders(own, headers, toRunHeaders(call.options), Object.fromEntries(perCall))
    const options: AiRunOptions = {
      gateway,
      returnRawResponse: true,
      ...(Object.keys(extraHeaders).length > 0 && { extraHeaders }),
      ...(signal && { signal }),
    }
    const stream = body['stream'] === true
    return dispatch(call, { stream, signal, send: () => call.binding.run(slug, body, options) })
  })
}
