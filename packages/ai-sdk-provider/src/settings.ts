import type { GatewayOptions, RetryOptions } from '@gw/headers'
import type { ResumableStreamOptions, ResumeExpiredPolicy } from '@gw/adapters/resumable-stream'
import type { OpenAICompatibleProvider } from '@ai-sdk/openai-compatible'
import type { AnyModel, ModelKind, Version } from './model-types.ts'

/** The standard `fetch`. */
export type FetchFunction = typeof globalThis.fetch

/** How often and how patiently the gateway tries one model. */
export type AiGatewayRetries = Omit<RetryOptions, 'maxAttempts'> & {
  /** Attempts per model. */
  maxAttempts?: 1 | 2 | 3 | 4 | 5
}

/** @deprecated Misspelt; use `AiGatewayRetries`. */
export type AiGatewayReties = AiGatewayRetries

/** Everything that can be asked of the gateway, per provider, per model or per call. */
export type AiGatewayOptions = Omit<GatewayOptions, 'authorization' | 'retries'> & { retries?: AiGatewayRetries }

/**
 * Who moves on to the next model when one fails: the gateway, which gets all requests at once, or this package, which
 * builds and sends the next one only then.
 */
export type FallbackMode = 'server' | 'client'

/** What can be asked for one model: every option, and how to fall back. */
export type AiGatewayModelOptions<M = AnyModel> = AiGatewayOptions & {
  /** A mode, or further models to try in this order. Default: the provider's `fallback`. */
  fallback?: FallbackMode | readonly (M | string | (() => M | PromiseLike<M>))[]
}

/** A provider that makes models from ids, such as one of the AI SDK's. */
export type ModelProvider = { readonly [K in ModelKind]?: unknown }

/** The provider behind ids of the unified endpoint. */
export interface UnifiedProvider {
  readonly specificationVersion: Version
  languageModel(modelId: string): AnyModel
  embeddingModel(modelId: string): AnyModel
  imageModel(modelId: string): AnyModel
}

/** What can be set in both modes. */
export interface AiGatewayCommonSettings<U extends UnifiedProvider = OpenAICompatibleProvider> {
  /** Options for every call; a model's and a call's own win. */
  options?: AiGatewayOptions
  /** Default: `server`. */
  fallback?: FallbackMode
  /** Gateway key, or a function that finds it before each request. Without one, no key is sent. */
  apiKey?: string | (() => string | undefined | Promise<string | undefined>)
  /** Carries the requests to the gateway: a service binding's `fetch`, for instance. Default: the global one. */
  fetch?: FetchFunction
  /** AI SDK providers by name; make models from ids of the kinds that the unified endpoint lacks. */
  providers?: Readonly<Record<string, ModelProvider>>
  /** The gateway's custom providers: base URL to slug. */
  customProviders?: Readonly<Record<string, string>>
  /** Makes models from ids. Default: `@ai-sdk/openai-compatible` at the unified endpoint. */
  unified?: U
}

/** How patiently a broken stream is read on. */
export interface AiGatewayResumePolicy {
  /** Default: `error`. */
  onResumeExpired?: ResumeExpiredPolicy
  /** Attempts to go on. Default: 5. */
  maxReconnects?: number
}

/** How to go on reading a broken stream: needs the AI binding itself, not one of its gateways. */
export interface AiGatewayResumeSettings extends AiGatewayResumePolicy {
  binding: ResumableStreamOptions['binding']
  /** Gateway that the run was started on. */
  gateway: string
}

/** The gateway over HTTP: Cloudflare's by account and gateway, or any by its base URL. */
export type AiGatewayAPISettings<U extends UnifiedProvider = OpenAICompatibleProvider> = AiGatewayCommonSettings<U> & {
  /** Makes broken streams go on, where the gateway is gw; Cloudflare's has no runs over HTTP. Default: they fail. */
  resume?: boolean | AiGatewayResumePolicy
} & (
    | { gateway: string; accountId: string; baseURL?: string }
    | {
        /** Up to and with `/v1`. Default: Cloudflare's gateway. */
        baseURL: string
        /** Default with `baseURL`: `default`. */
        gateway?: string
        /** Default with `baseURL`: `default`. */
        accountId?: string
      }
  )

/** The gateway as a Workers binding: `env.AI.gateway('my-gateway')`. */
export type AiGatewayBindingSettings<U extends UnifiedProvider = OpenAICompatibleProvider> =
  AiGatewayCommonSettings<U> & {
    binding: {
      run(data: unknown, options?: { signal?: AbortSignal }): Promise<Response>
      /** Needed for what a binding can't carry: uploads and polling. */
      getUrl?(provider?: string): Promise<string>
    }
    /** Makes broken streams go on. Default: they fail. */
    resume?: AiGatewayResumeSettings
  }

/** How to reach the gateway, and what to ask of it. */
export type AiGatewaySettings<U extends UnifiedProvider = OpenAICompatibleProvider> =
  | AiGatewayAPISettings<U>
  | AiGatewayBindingSettings<U>

/** Settings whatever their `unified` provider is. */
export type AnySettings = AiGatewaySettings<UnifiedProvider>

/** Binding settings whatever their `unified` provider is. */
export type AnyBindingSettings = AiGatewayBindingSettings<UnifiedProvider>
