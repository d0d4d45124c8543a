import type { GatewayOptions as HeaderOptions } from '@gw/headers'

/**
 * What this package uses of `env.AI`; structural, so that no ambient types are needed. The runtime's own binding, that of
 * `createAiBinding` and a test's fake all fit.
 *
 * @see https://developers.cloudflare.com/workers-ai/configuration/bindings/
 */
export interface AiBinding {
  run(model: string, inputs: Record<string, unknown>, options?: AiRunOptions): Promise<unknown>
  gateway?(gatewayId: string): AiGatewayBinding
  /** Absent on fakes; needed to resume streams. */
  fetch?(url: string, init?: RequestInit): Promise<Response>
  /** A request to a provider's own API through the gateway. Absent where only model calls and JSON entries pass. */
  native?(request: NativeRequest): Promise<Response>
  /**
   * What the gateway behind this binding can do beyond Cloudflare's hosted one. `resume`: any streamed run can be
   * resumed, together with caching, server fallback and every provider, and models of every provider can be run.
   */
  readonly capabilities?: readonly 'resume'[]
}

/** `env.AI` under any version of its types, also where their `Response` is not the program's. */
export interface RuntimeAi {
  run(...args: never[]): Promise<unknown>
  gateway?(...args: never[]): unknown
}

/** The runtime's binding as what this package uses of it. */
export function toAiBinding(binding: RuntimeAi): AiBinding
export function toAiBinding(binding: unknown): unknown {
  return binding
}

/** `env.AI.gateway(id)`. */
export interface AiGatewayBinding {
  run(entries: unknown, options?: { extraHeaders?: Record<string, string>; signal?: AbortSignal }): Promise<Response>
}

/** A request that stays in the provider's own words: any method, any body. */
export interface NativeRequest {
  gatewayId: string
  /** Slug in gateway URLs. */
  provider: string
  /** What follows the slug, query included. */
  path: string
  init: RequestInit
}

/** Options of `env.AI.run`. */
export interface AiRunOptions {
  gateway?: GatewayOptions
  /** Answer with the HTTP response itself, whatever its status. */
  returnRawResponse?: boolean
  extraHeaders?: Record<string, string>
  signal?: AbortSignal
  [option: string]: unknown
}

/** Which gateway, and what it does with the request: the runtime's own `GatewayOptions`, and every other option that a header has. */
export interface GatewayOptions extends Omit<HeaderOptions, 'authorization' | 'gatewayId' | 'resumable' | 'retries'> {
  id: string
  retries?: { maxAttempts?: 1 | 2 | 3 | 4 | 5; retryDelayMs?: number; backoff?: 'constant' | 'linear' | 'exponential' }
}
