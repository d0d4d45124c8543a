import type { EmbeddingModelV3, EmbeddingModelV4, LanguageModelV3, LanguageModelV4 } from '@ai-sdk/provider'

export type AiSdkLanguageModel = LanguageModelV3 | LanguageModelV4
export type AiSdkEmbeddingModel = EmbeddingModelV3 | EmbeddingModelV4

/** What every AI SDK provider can do; older ones name their embedding models otherwise. */
export interface AiSdkProvider {
  languageModel(modelId: string): AiSdkLanguageModel
  embeddingModel?(modelId: string): AiSdkEmbeddingModel
  textEmbeddingModel?(modelId: string): AiSdkEmbeddingModel
}

/** Makes a provider for a key, as `createFireworks` and its like do. */
export type AiSdkFactory = (options: { apiKey: string }) => AiSdkProvider

/** A provider, a way to make one, or one model alone. */
export type AiSdkSource = AiSdkProvider | AiSdkFactory | AiSdkLanguageModel | AiSdkEmbeddingModel

/** AI SDK providers are functions themselves, so a factory is a function that is no provider. */
export function isFactory(source: AiSdkSource): source is AiSdkFactory {
  return typeof source === 'function' && !('languageModel' in source)
}

/** The provider that a source stands for. A single model answers to every name. */
export function providerOf(source: Exclude<AiSdkSource, AiSdkFactory>): AiSdkProvider {
  if ('languageModel' in source) return source
  if ('doEmbed' in source) return { languageModel: () => noModel('language'), embeddingModel: () => source }
  return { languageModel: () => source }
}

function noModel(kind: string): never {
  throw new TypeError(`This provider has no ${kind} models.`)
}
