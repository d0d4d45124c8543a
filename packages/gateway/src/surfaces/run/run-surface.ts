import { anthropicMessages, isObject, openaiChat, parseObject, type JsonObject } from '@gw/adapters'
import { GatewayError, isGatewayError } from '@gw/headers'
import type { Deps } from '../../deps.ts'
import { cloudflareDialect } from '../../errors/cloudflare-dialect.ts'
import type { NativeLeg, Plan } from '../../plan.ts'
import { isRouted } from '../../routing/is-routed.ts'
import { inOrder } from '../../routing/itinerary.ts'
import { findUpstreamSecret } from '../../steps/credentials.ts'
import { resolveTarget, type Target } from '../../steps/resolve-target.ts'
import { inboundChat, planChat } from '../chat-surface.ts'
import { legBasis } from '../leg-basis.ts'
import { findNative, nativeIdentity, refuseExplaining } from '../native.ts'
import type { Inbound, Surface } from '../surface.ts'
import { findFileInput } from './find-file-input.ts'
import { queryOf, readRunCall, type RunCall, type RunForm } from './read-run-call.ts'
import { readRunOptions } from './read-run-options.ts'
import { wrapRunAnswer } from './wrap-run-answer.ts'

/**
 * `run` of Workers AI: `@cf/…` models on their own inputs, and every other model on chat inputs, Anthropic's Messages
 * for models that speak them and chat completions for the rest. One surface serves one request.
 * @see https://developers.cloudflare.com/workers-ai/configuration/bindings/
 */
export function runSurface(form: RunForm): Surface {
  let reading: Promise<RunCall> | undefined
  const read = (http: Request, deps: Deps): Promise<RunCall> => (reading ??= readRunCall(http, form, deps))
  return {
    id: 'run',
    dialect: cloudflareDialect,
    keptRequest: withoutExtraHeaders,
    readOptions: async (http, deps) => readRunOptions((await read(http, deps)).options),
    parse: async (inbound, deps) => {
      const call = await read(inbound.http, deps)
      if (!call.model.startsWith('@')) return planCatalogCall(call, inbound, deps)
      refuseExplaining(inbound.options)
      const leg = workersAILeg(call, inbound, deps)
      return {
        itinerary: inOrder([leg]),
        identity: nativeIdentity(leg),
        requestedModel: call.model,
        stream: leg.stream,
      }
    },
    wrap: (answer, deps) => wrapRunAnswer(answer, form.style, deps),
  }
}

/** A call as it may be kept: headers that its options carry may be credentials. */
function withoutExtraHeaders(text: string): string | undefined {
  const call = parseObject(text)
  if (!call) return undefined
  const { options, ...rest } = call
  if (!isObject(options) || !('extraHeaders' in options)) return text
  const { extraHeaders: _, ...others } = options
  return JSON.stringify({ ...rest, options: others })
}

/** The inputs go as they are. */
function workersAILeg({ model, inputs, search }: RunCall, inbound: Inbound, deps: Deps): NativeLeg {
  const provider = findNative('workers-ai', deps)
  const isFile = inputs instanceof ReadableStream
  const file = isFile ? undefined : findFileInput(inputs)
  const headers = new Headers(inbound.http.headers)
  if (!isFile) headers.set('content-type', file?.contentType ?? 'application/json')
  return {
    kind: 'native',
    step: 0,
    provider,
    model,
    method: 'POST',
    path: `run/${model}`,
    search: file ? queryOf(file.others) : search,
    headers,
    body: isFile ? inputs : file ? streamOf(file.bytes) : JSON.stringify(inputs),
    stream: !isFile && inputs['stream'] === true,
    isFree: false,
    ...legBasis(inbound),
    secret: findUpstreamSecret(headers, [provider.auth.header]),
  }
}

function streamOf(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> {
  return new Blob([bytes]).stream()
}

async function planCatalogCall({ model, inputs }: RunCall, inbound: Inbound, deps: Deps): Promise<Plan> {
  if (inputs instanceof ReadableStream) {
    throw new GatewayError('unsupported', 'Only @cf/… models run on files. Send JSON inputs.')
  }
  const body: JsonObject = { ...inputs, model }
  const speaksMessages = !isRouted(model) && targetOf(model, deps).api.wire.id === anthropicMessages.id
  const format = speaksMessages ? anthropicMessages : openaiChat
  return planChat(inboundChat(format, { text: JSON.stringify(body), body }, deps), inbound, deps)
}

/** Callers of `run` know an unknown vendor as an unknown model. */
function targetOf(model: string, { providers }: Deps): Target {
  try {
    return resolveTarget(model, providers)
  } catch (cause) {
    if (!isGatewayError(cause) || cause.code !== 'invalid_provider') throw cause
    throw new GatewayError('unknown_model', `Model not found: ${model.slice(0, 100)}. ${cause.message}`, { cause })
  }
}
