import type { OpenAICompatibleProvider } from '@ai-sdk/openai-compatible'
import { AiGatewayChatLanguageModel } from './ai-gateway-chat-language-model.ts'
import { createModel, type OtherKind } from './create-model.ts'
import { optionHeaders } from './gateway-options.ts'
import { unifiedOf } from './model-from-id.ts'
import type { AnyModel, GatewayModel, ModelKind, ModelLike, ModelSources, Version } from './model-types.ts'
import type { AiGatewayModelOptions, AiGatewaySettings, AnySettings, UnifiedProvider } from './settings.ts'
import { gatewayURLOf } from './transport.ts'

/**
 * What an id makes: as declared by the provider behind ids, which declares kinds that it lacks too. It can't declare
 * video models, so theirs is what fits each version.
 */
type FromId<K extends ModelKind, U extends UnifiedProvider> = K extends 'videoModel'
  ? VideoModel<U['specificationVersion']>
  : K extends keyof U
    ? NonNullable<U[K]> extends (id: string) => infer M
      ? GatewayModel<K, M>
      : never
    : never

interface VideoModel<V extends Version> extends AnyModel {
  readonly specificationVersion: V
  readonly maxVideosPerCall: undefined
  doGenerate(options: never): PromiseLike<never>
}

/** Makes a gateway model of one kind from models, ids, or both, in the order in which they are tried. */
export interface AiGatewayModelFactory<K extends ModelKind, U extends UnifiedProvider> {
  (ids: string | readonly string[], options?: AiGatewayModelOptions<ModelLike[K]>): FromId<K, U>
  <M extends ModelLike[K]>(models: ModelSources<M>, options?: AiGatewayModelOptions<M>): GatewayModel<K, M>
}

/**
 * An AI SDK provider whose models go through the gateway. Callable; made with models of any AI SDK provider, or with
 * ids; fit for `createProviderRegistry` and `customProvider`.
 */
export interface AiGateway<U extends UnifiedProvider = OpenAICompatibleProvider> extends AiGatewayModelFactory<
  'languageModel',
  U
> {
  /** That of the models that ids make: `v4` with AI SDK 7, `v3` with AI SDK 6. */
  readonly specificationVersion: U['specificationVersion']
  chat: AiGatewayModelFactory<'languageModel', U>
  languageModel: AiGatewayModelFactory<'languageModel', U>
  embeddingModel: AiGatewayModelFactory<'embeddingModel', U>
  /** @deprecated Use `embeddingModel`. */
  textEmbeddingModel: AiGatewayModelFactory<'embeddingModel', U>
  imageModel: AiGatewayModelFactory<'imageModel', U>
  transcriptionModel: AiGatewayModelFactory<'transcriptionModel', U>
  speechModel: AiGatewayModelFactory<'speechModel', U>
  rerankingModel: AiGatewayModelFactory<'rerankingModel', U>
  videoModel: AiGatewayModelFactory<'videoModel', U>
}

/**
 * A provider for Cloudflare AI Gateway and for gw. Throws `invalid_request` where it is not said which
 * gateway, and `invalid_header` for an unknown option or one past its limit.
 *
 * @example
 * const gateway = createAiGateway({ accountId, gateway: 'my-gateway', apiKey })
 * const { text } = await generateText({
 *   model: gateway([openai('gpt-5'), anthropic('claude-sonnet-4-5')]),
 *   prompt: 'Hello',
 * })
 */
export function createAiGateway<U extends UnifiedProvider = OpenAICompatibleProvider>(
  settings: AiGatewaySettings<U>,
): AiGateway<U>
export function createAiGateway(settings: AnySettings): unknown {
  gatewayURLOf(settings)
  optionHeaders(settings.options ?? {})
  const languageModel = (models: ModelSources<AnyModel>, options: AiGatewayModelOptions = {}): AnyModel =>
    new AiGatewayChatLanguageModel(models, settings, options)
  const factory =
    (kind: OtherKind) =>
    (models: ModelSources<AnyModel>, options: AiGatewayModelOptions = {}): AnyModel =>
      createModel(kind, models, { settings, options })

  const call = (models: ModelSources<AnyModel>, options?: AiGatewayModelOptions) => languageModel(models, options)
  return Object.assign(call, {
    specificationVersion: unifiedOf(settings).specificationVersion,
    chat: languageModel,
    languageModel,
    embeddingModel: factory('embeddingModel'),
    textEmbeddingModel: factory('embeddingModel'),
    imageModel: factory('imageModel'),
    transcriptionModel: factory('transcriptionModel'),
    speechModel: factory('speechModel'),
    rerankingModel: factory('rerankingModel'),
    videoModel: factory('videoModel'),
  })
}
