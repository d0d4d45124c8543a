import type {
  RerankingModelV4,
  RerankingModelV4CallOptions,
  RerankingModelV4Result,
  SharedV4Warning,
} from '@ai-sdk/provider'
import { BaseModel } from '../run/base-model.ts'
import type { RerankingModels } from '../known-models.ts'
import { compact, numberOf, objectsOf, type JsonObject } from '../run/json.ts'
import type { ModelConfig } from '../run/model-config.ts'
import { readObject } from '../run/read-answer.ts'
import { readCallOptions } from '../run/read-call-options.ts'
import { readGatewayFacts } from '../run/read-gateway-facts.ts'
import { runModel } from '../run/run-model.ts'
import type { WorkersAIRerankingSettings } from './reranking-settings.ts'

type Documents = RerankingModelV4CallOptions['documents']

/** A reranking model of Workers AI: bge-reranker. */
export class WorkersAIRerankingModel
  extends BaseModel<RerankingModels, WorkersAIRerankingSettings, ModelConfig>
  implements RerankingModelV4
{
  /** Ranks the documents, best first. Throws an APICallError when the model or the gateway fails. */
  async doRerank(options: RerankingModelV4CallOptions): Promise<RerankingModelV4Result> {
    const { documents, query, topN, providerOptions, headers, abortSignal } = options
    const { modelId, config, settings } = this
    const inputs = compact({
      query,
      contexts: toContexts(documents),
      top_k: topN,
      ...readCallOptions(providerOptions),
    })
    const call = { config, modelId, inputs, settings, headers, abortSignal }
    const { value: body, headers: responseHeaders } = await runModel(call, readObject)
    const { metadata, warnings } = readGatewayFacts(responseHeaders)
    return {
      ranking: readRanking(body, documents.values.length).slice(0, topN),
      warnings: [...(documents.type === 'object' ? [stringified] : []), ...warnings],
      response: {
        timestamp: config.now?.() ?? new Date(),
        modelId,
        ...(responseHeaders && { headers: responseHeaders }),
        body,
      },
      ...(metadata && { providerMetadata: { gateway: metadata } }),
    }
  }
}

const stringified: SharedV4Warning = {
  type: 'other',
  message: 'The reranker compares texts: the documents, which are objects, were sent as JSON text.',
}

function toContexts(documents: Documents): { text: string }[] {
  if (documents.type === 'text') return documents.values.map((text) => ({ text }))
  return documents.values.map((document) => ({ text: JSON.stringify(document) }))
}

/** Scores by the document's place; places that no document has are passed over. */
function readRanking({ response }: JsonObject, count: number): RerankingModelV4Result['ranking'] {
  const ranked = objectsOf(response).flatMap(({ id, score }) => {
    const index = numberOf(id)
    return index === undefined || index >= count ? [] : [{ index, relevanceScore: numberOf(score) ?? 0 }]
  })
  return ranked.toSorted((a, b) => b.relevanceScore - a.relevanceScore)
}
