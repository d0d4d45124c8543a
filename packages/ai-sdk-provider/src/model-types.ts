import type { OpenAICompatibleProvider } from '@ai-sdk/openai-compatible'

/** What every AI SDK model has, whatever its kind and version. */
export interface AnyModel {
  readonly specificationVersion: string
  readonly provider: string
  readonly modelId: string
}

/** A version of the AI SDK's model specification: `v3` is AI SDK 6, `v4` is AI SDK 7. */
export type Version = 'v3' | 'v4'

/** What tells a model of a kind, named as the provider method that makes it; the same for every version. */
export interface ModelLike {
  languageModel: AnyModel & { doGenerate(options: never): unknown; doStream(options: never): unknown }
  embeddingModel: AnyModel & { doEmbed(options: never): unknown }
  imageModel: AnyModel & { doGenerate(options: never): unknown; maxImagesPerCall: unknown }
  transcriptionModel: AnyModel & { doGenerate(options: never): unknown }
  speechModel: AnyModel & { doGenerate(options: never): unknown }
  rerankingModel: AnyModel & { doRerank(options: never): unknown }
  videoModel: AnyModel & { maxVideosPerCall: unknown }
}

/** A kind of model. */
export type ModelKind = keyof ModelLike

/** What a gateway model of a kind has of its models. */
interface KindKeys {
  languageModel: 'supportedUrls' | 'doGenerate' | 'doStream'
  embeddingModel: 'maxEmbeddingsPerCall' | 'supportsParallelCalls' | 'doEmbed'
  imageModel: 'maxImagesPerCall' | 'supportsFileInputs' | 'supportsMaskInputs' | 'doGenerate'
  transcriptionModel: 'doGenerate'
  speechModel: 'doGenerate'
  rerankingModel: 'doRerank'
  videoModel: 'maxVideosPerCall' | 'doGenerate' | 'doStart' | 'doStatus'
}

/** A gateway model by the type of its models, whichever AI SDK that comes from. */
export type GatewayModel<K extends ModelKind, M> = Pick<M, keyof M & (keyof AnyModel | KindKeys[K])>

/** The language model of the AI SDK that is installed. */
export type InstalledLanguageModel = ReturnType<OpenAICompatibleProvider['languageModel']>

/** One model, its id, or a function that makes it when it is needed. */
export type ModelSource<M> = M | string | (() => M | PromiseLike<M>)

/** Models in the order in which they are tried. */
export type ModelSources<M> = ModelSource<M> | readonly ModelSource<M>[]
