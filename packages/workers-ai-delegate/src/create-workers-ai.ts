import type { LanguageModelV4, ProviderV4 } from '@ai-sdk/provider'
import type { ResumeExpiredPolicy } from '@gw/adapters/resumable-stream'
import { toAiBinding, type AiBinding, type GatewayOptions, type RuntimeAi } from './ai-binding.ts'
import { createAiBinding } from './bindings/create-ai-binding.ts'
import { createRestBinding } from './bindings/create-rest-binding.ts'
import type { FetchLike, Secret } from './bindings/fetch-like.ts'
import { createGatewayDelegate } from './delegate/create-gateway-delegate.ts'
import { createOwnFallback, createOwnModel, createRunPathModel } from './delegate/create-run-path-model.ts'
import type { DelegateCallOptions } from './delegate/delegate-options.ts'
import type { ProviderPlugin } from './delegate/provider-plugin.ts'
import type { ChatModel, ModelSettings } from './model-settings.ts'
import {
  createWorkersAIModels,
  type KnownTextGenerationModels,
  type WorkersAIChatSettings,
  type WorkersAIModels,
} from './workers-ai/index.ts'

/** Where models are reached: the runtime's binding, Cloudflare's REST API, or a gateway of one's own. */
export type WorkersAIConnection =
  | {
      /** `env.AI`, or that of `createAiBinding`. */
      binding: AiBinding | RuntimeAi
      accountId?: never
      apiKey?: never
      baseURL?: never
    }
  | {
      accountId: string
      /** Cloudflare API token, or a function that gives one for each request. */
      apiKey: Secret
      /** Default: the global `fetch`. */
      fetch?: FetchLike
      binding?: never
      baseURL?: never
    }
  | {
      /** Address of the gateway. */
      baseURL: string
      /** Gateway key, or a function that gives one for each request. */
      apiKey?: Secret
      /** Default: `default`. */
      accountId?: string
      /** Default: the global `fetch`. */
      fetch?: FetchLike
      binding?: never
    }

/** How the provider is made. */
export type WorkersAISettings = WorkersAIConnection & {
  /** Gateway of all calls. Default: none for Workers AI's own models, `default` for others. */
  gateway?: GatewayOptions
  /** Plugins for other vendors' models, such as `[openai, anthropic]`. */
  providers?: ProviderPlugin[]
  /** Resume streams that break off: on Cloudflare those of other vendors' runs, on a gateway of one's own all. Default: `true`; over REST it is not possible. */
  resume?: boolean
  /** When such a stream can no longer be resumed. Default: `'error'`. */
  onResumeExpired?: ResumeExpiredPolicy
}

/** An AI SDK provider; also a function that makes chat models. */
export interface WorkersAI extends ProviderV4 {
  <M extends string>(modelId: M | KnownTextGenerationModels, settings?: ModelSettings<M>): ChatModel<M>
  chat<M extends string>(modelId: M | KnownTextGenerationModels, settings?: ModelSettings<M>): ChatModel<M>
  languageModel<M extends string>(modelId: M | KnownTextGenerationModels, settings?: ModelSettings<M>): ChatModel<M>
  embedding: WorkersAIModels['embedding']
  embeddingModel: WorkersAIModels['embedding']
  textEmbedding: WorkersAIModels['embedding']
  textEmbeddingModel: WorkersAIModels['embedding']
  image: WorkersAIModels['image']
  imageModel: WorkersAIModels['image']
  transcription: WorkersAIModels['transcription']
  transcriptionModel: WorkersAIModels['transcription']
  speech: WorkersAIModels['speech']
  speechModel: WorkersAIModels['speech']
  reranking: WorkersAIModels['reranking']
  rerankingModel: WorkersAIModels['reranking']
}

/**
 * The AI SDK provider of Workers AI, and with plugins of every model behind a gateway: `@cf/…` and `dynamic/…` ids, and
 * slugs such as `openai/gpt-5`.
 *
 * Throws at once when it is not told how to reach the models.
 *
 * @example
 * const workersai = createWorkersAI({ binding: env.AI, providers: [openai] })
 * const { text } = await generateText({ model: workersai('@cf/meta/llama-3.1-8b-instruct'), prompt: 'Hello' })
 */
export function createWorkersAI(options: WorkersAISettings): WorkersAI {
  const binding = toBinding(options)
  const { gateway, providers = [], onResumeExpired } = options
  const models = createWorkersAIModels({ binding, gateway })
  // REST has no way to ask for a run again, which is no news to who did not ask for it.
  const resume = options.resume ?? (binding.fetch === undefined && !options.binding ? false : undefined)

  const runs = { binding, gateway, providers, resume: options.resume, onResumeExpired }

  const chat = (id: string, settings: WorkersAIChatSettings & DelegateCallOptions = {}): LanguageModelV4 => {
    const modelId = id.replace(/^workers-ai\/(?=@)/, '')
    if (modelId.startsWith('@') || !modelId.includes('/')) return createOwnModel(runs, modelId, settings)
    if (modelId.startsWith('dynamic/') || providers.length === 0) return createRunPathModel(runs, modelId, settings)
    const delegate = createGatewayDelegate({
      binding,
      gateway: gateway ?? 'default',
      providers,
      resume,
      onResumeExpired,
      workersAI: (own, call) => createOwnFallback(runs, own, call),
    })
    return delegate(modelId, settings)
  }

  return Object.assign(createCallable(chat), {
    specificationVersion: 'v4' as const,
    chat: createCallable(chat),
    languageModel: createCallable(chat),
    embedding: models.embedding,
    embeddingModel: models.embedding,
    textEmbedding: models.embedding,
    textEmbeddingModel: models.embedding,
    image: models.image,
    imageModel: models.image,
    transcription: models.transcription,
    transcriptionModel: models.transcription,
    speech: models.speech,
    speechModel: models.speech,
    reranking: models.reranking,
    rerankingModel: models.reranking,
  })
}

type CreateChat = (id: string, settings?: WorkersAIChatSettings & DelegateCallOptions) => LanguageModelV4

/** The function under its public type, which tells settings and model from the id. */
function createCallable(chat: CreateChat): WorkersAI['chat']
function createCallable(chat: CreateChat): CreateChat {
  return function workersAI(id, settings) {
    if (new.target) throw new TypeError('The Workers AI provider makes models without `new`: workersai("@cf/…").')
    return chat(id, settings)
  }
}

function toBinding(options: WorkersAISettings): AiBinding {
  if (options.binding) return toAiBinding(options.binding)
  const { baseURL, accountId, apiKey, fetch } = options
  if (baseURL) return createAiBinding({ baseURL, token: apiKey, fetch, ...(accountId && { accountId }) })
  if (accountId && apiKey) return createRestBinding({ accountId, apiKey, fetch })
  throw new TypeError(
    'Invalid Workers AI configuration: you must provide either a binding ({ binding: env.AI }), ' +
      "credentials ({ accountId, apiKey }) or a gateway's address ({ baseURL, apiKey }).",
  )
}
