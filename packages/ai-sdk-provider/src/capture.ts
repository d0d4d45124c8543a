import type { FetchFunction } from './settings.ts'

const captures = /* @__PURE__ */ new WeakMap<AbortSignal, FetchFunction>()
const awareFetches = /* @__PURE__ */ new WeakMap<FetchFunction, FetchFunction | undefined>()
const awareAtBottom = /* @__PURE__ */ new WeakSet<object>()

/**
 * A `fetch` for models made elsewhere, by which a gateway finds the request of a model that hides its configuration:
 * one from `wrapLanguageModel` or `workers-ai-provider`, for example. Without a gateway around the model it is the
 * `fetch` given here, or the global one.
 *
 * @example
 * const openai = createOpenAI({ fetch: gatewayAwareFetch() })
 * const model = wrapLanguageModel({ model: openai('gpt-5'), middleware })
 * await generateText({ model: gateway(model), prompt })
 */
export function gatewayAwareFetch(base?: FetchFunction): FetchFunction {
  const fetch: FetchFunction = (input, init) => {
    const capture = init?.signal && captures.get(init.signal)
    return (capture || base || globalThis.fetch)(input, init)
  }
  awareFetches.set(fetch, base)
  return fetch
}

/**
 * A signal by which an aware `fetch` recognises a call. It is aborted, so that any other `fetch` sends nothing and
 * fails with the reason.
 */
export function captureSignal(capture: FetchFunction, reason: unknown): AbortSignal {
  const signal = AbortSignal.abort(reason)
  captures.set(signal, capture)
  return signal
}

/** Remembers that a `fetch`, as Bedrock's that signs requests, ends in an aware one. */
export function markAwareAtBottom(fetch: object): void {
  awareAtBottom.add(fetch)
}

/** Whether a model's `fetch` adds to requests and then calls an aware one. */
export function wrapsAwareFetch(fetch: unknown): fetch is FetchFunction {
  return isFetch(fetch) && awareAtBottom.has(fetch) && !awareFetches.has(fetch)
}

/** Whether a model's `fetch` is somebody's own, which a gateway can't call. */
export function isCustomFetch(fetch: unknown): boolean {
  if (!isFetch(fetch) || fetch === globalThis.fetch) return false
  return awareFetches.has(fetch) ? awareFetches.get(fetch) !== undefined : !awareAtBottom.has(fetch)
}

function isFetch(value: unknown): value is FetchFunction {
  return typeof value === 'function'
}
