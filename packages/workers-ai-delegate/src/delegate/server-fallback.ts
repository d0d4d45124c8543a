import type { LanguageModelV4 } from '@ai-sdk/provider'
import { parseResponseMeta } from '@gw/headers'
import { GatewayDelegateError } from '@gw/adapters/resumable-stream'
import type { DelegateCall } from './delegate-call.ts'
import { createDeferred, type Deferred } from './deferred.ts'
import { intersectUrls } from './intersect-urls.ts'
import { createFetch, type ProviderRequest } from './provider-request.ts'
import type { ProviderPlugin } from './provider-plugin.ts'
import type { ResolvedSlug } from './parse-slug.ts'
import { sendEntries, toEntry, type Leg, type UniversalEntry } from './universal-entry.ts'

/** A leg with the plugin that writes its requests and reads its answers. */
export interface ServerLeg extends Leg {
  plugin: ProviderPlugin
}

/** A model's call that waits for the gateway's answer. */
interface PendingCall<T> {
  request: Promise<ProviderRequest>
  answer: Deferred<Response>
  result: Promise<T>
}

/**
 * One model over several: every leg's own plugin writes its request, all go to the gateway in one universal request, and
 * the plugin whose leg the gateway chose reads the answer. Each leg is built once.
 */
export function createServerFallbackModel(call: DelegateCall, legs: readonly ServerLeg[]): LanguageModelV4 {
  const [first] = legs
  if (first === undefined) throw new GatewayDelegateError('config', 'Server fallback needs at least one model.')
  const sameProvider = createSameProviderFetch(call, legs)
  const model = createModel(first, sameProvider)

  const run = async <T>(
    signal: AbortSignal | undefined,
    start: (model: LanguageModelV4) => PromiseLike<T>,
  ): Promise<T> => {
    signal?.throwIfAborted()
    const pending = legs.map((leg) => startCall(leg, start))
    const response = await askGateway(call, { legs, pending, signal })
    const winner = pending[parseResponseMeta(response.headers).step ?? 0] ?? pending[0]
    winner?.answer.resolve(response)
    for (const loser of pending)
      if (loser !== winner) loser.answer.reject(new Error('The gateway chose another model.'))
    if (winner === undefined) throw new GatewayDelegateError('dispatch', 'The gateway answered to no model.')
    return winner.result
  }

  return {
    specificationVersion: 'v4',
    provider: model.provider,
    modelId: model.modelId,
    get supportedUrls() {
      return intersectUrls([model, ...legs.slice(1).map((leg) => createModel(leg, sameProvider))])
    },
    doGenerate: (options) => run(options.abortSignal, (leg) => leg.doGenerate(options)),
    doStream: (options) => run(options.abortSignal, (leg) => leg.doStream(options)),
  }
}

interface Asking {
  legs: readonly ServerLeg[]
  pending: readonly PendingCall<unknown>[]
  signal: AbortSignal | undefined
}

async function askGateway(call: DelegateCall, { legs, pending, signal }: Asking): Promise<Response> {
  try {
    const requests = await Promise.all(pending.map(({ request }) => request))
    const entries = legs.flatMap((leg, index): UniversalEntry[] => {
      const request = requests[index]
      return request ? [toEntry(call, leg, request)] : []
    })
    return await sendEntries(call, entries, signal)
  } catch (error) {
    for (const { answer } of pending) answer.reject(error)
    throw error
  }
}

/** Starts a leg's call and holds it where it would send its request. */
function startCall<T>(leg: ServerLeg, start: (model: LanguageModelV4) => PromiseLike<T>): PendingCall<T> {
  const request = createDeferred<ProviderRequest>()
  const answer = createDeferred<Response>()
  const fetch = createFetch((made) => {
    request.resolve(made)
    return answer.promise
  })
  const result = (async () => start(createModel(leg, fetch)))()
  const none = `"${leg.target.slug}" made no request.`
  result.then(() => request.reject(new GatewayDelegateError('dispatch', none)), request.reject)
  return { request: request.promise, answer, result }
}

/** For who calls the model's `fetch` himself: the other models of the same provider get the same body. */
function createSameProviderFetch(call: DelegateCall, legs: readonly ServerLeg[]): typeof globalThis.fetch {
  return createFetch((request) => {
    const entries = legs
      .filter(({ target }) => target.info.gatewayProviderId === legs[0]?.target.info.gatewayProviderId)
      .map((leg) => withModel(toEntry(call, leg, request), leg.target))
    return sendEntries(call, entries, request.signal)
  })
}

function withModel(entry: UniversalEntry, { modelId, info }: ResolvedSlug): UniversalEntry {
  if (info.unified) return entry
  const { query } = entry
  const namesModel = typeof query === 'object' && query !== null && 'model' in query
  if (namesModel) return { ...entry, query: { ...query, model: modelId } }
  return { ...entry, endpoint: entry.endpoint.replace(/(?<=models\/)[^:?]+/, modelId) }
}

function createModel({ plugin, target }: ServerLeg, fetch: typeof globalThis.fetch): LanguageModelV4 {
  const { baseURL } = target.info
  return plugin.create({ modelId: target.modelId, fetch, ...(baseURL !== undefined && { baseURL }) })
}
