import {
  InvalidResponseDataError,
  TooManyEmbeddingValuesForCallError,
  type EmbeddingModelV4,
  type EmbeddingModelV4CallOptions,
  type EmbeddingModelV4Result,
  type SharedV4Warning,
} from '@ai-sdk/provider'
import { BaseModel } from '../run/base-model.ts'
import type { EmbeddingModels } from '../known-models.ts'
import { compact } from '../run/json.ts'
import type { ModelConfig } from '../run/model-config.ts'
import { readObject } from '../run/read-answer.ts'
import { readCallOptions } from '../run/read-call-options.ts'
import { readGatewayFacts } from '../run/read-gateway-facts.ts'
import { runModel } from '../run/run-model.ts'
import type { WorkersAIEmbeddingSettings } from './embedding-settings.ts'
import { readEmbeddings, readEmbeddingTokens } from './read-embeddings.ts'

/** @see https://developers.cloudflare.com/workers-ai/platform/limits/#text-embeddings */
const defaultMaxEmbeddings = 3000

/** An embedding model of Workers AI. */
export class WorkersAIEmbeddingModel
  extends BaseModel<EmbeddingModels, WorkersAIEmbeddingSettings, ModelConfig>
  implements EmbeddingModelV4
{
  get maxEmbeddingsPerCall(): number {
    return this.settings.maxEmbeddingsPerCall ?? defaultMaxEmbeddings
  }

  get supportsParallelCalls(): boolean {
    return this.settings.supportsParallelCalls ?? true
  }

  /** Embeds the texts. Throws for more texts than one call takes, and when the answer has another number of vectors. */
  async doEmbed(options: EmbeddingModelV4CallOptions): Promise<EmbeddingModelV4Result> {
    const { values, dimensions, providerOptions, headers, abortSignal } = options
    const { modelId, config, provider, maxEmbeddingsPerCall } = this
    if (values.length > maxEmbeddingsPerCall) {
      throw new TooManyEmbeddingValuesForCallError({ provider, modelId, maxEmbeddingsPerCall, values })
    }
    const { maxEmbeddingsPerCall: _max, supportsParallelCalls: _parallel, pooling, ...settings } = this.settings
    const inputs = compact({ text: values, pooling, ...readCallOptions(providerOptions) })
    const call = { config, modelId, inputs, settings, headers, abortSignal }
    const { value: body, headers: responseHeaders } = await runModel(call, readObject)
    const embeddings = readEmbeddings(body)
    if (embeddings.length !== values.length) {
      const message = `${modelId} answered ${values.length} texts with ${embeddings.length} vectors.`
      throw new InvalidResponseDataError({ data: body, message })
    }
    const tokens = readEmbeddingTokens(body)
    const { metadata, warnings } = readGatewayFacts(responseHeaders)
    return {
      embeddings,
      warnings: [...(dimensions === undefined ? [] : [noDimensions]), ...warnings],
      response: { ...(responseHeaders && { headers: responseHeaders }), body },
      ...(tokens !== undefined && { usage: { tokens } }),
      ...(metadata && { providerMetadata: { gateway: metadata } }),
    }
  }
}

const noDimensions: SharedV4Warning = {
  type: 'unsupported',
  feature: 'dimensions',
  details: "The models' vectors have one length.",
}
