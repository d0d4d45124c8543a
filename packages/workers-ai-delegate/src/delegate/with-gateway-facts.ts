import type { LanguageModelV4, LanguageModelV4StreamPart, SharedV4Warning } from '@ai-sdk/provider'
import { readGatewayFacts } from '../workers-ai/run/read-gateway-facts.ts'

/**
 * The model with what the gateway says about each answer: log id, cache status, cost and so on as
 * `providerMetadata.gateway`, and its warnings; those given are for streams.
 */
export function withGatewayFacts(model: LanguageModelV4, streamWarnings: readonly string[] = []): LanguageModelV4 {
  const own = streamWarnings.map((message): SharedV4Warning => ({ type: 'other', message }))
  return {
    specificationVersion: 'v4',
    provider: model.provider,
    modelId: model.modelId,
    get supportedUrls() {
      return model.supportedUrls
    },
    doGenerate: async (options) => {
      const result = await model.doGenerate(options)
      const { metadata: gateway, warnings } = readGatewayFacts(result.response?.headers)
      return {
        ...result,
        warnings: [...(result.warnings ?? []), ...warnings],
        ...(gateway && { providerMetadata: { ...result.providerMetadata, gateway } }),
      }
    },
    doStream: async (options) => {
      const result = await model.doStream(options)
      const facts = readGatewayFacts(result.response?.headers)
      const { metadata: gateway } = facts
      const warnings = [...own, ...facts.warnings]
      if (!gateway && warnings.length === 0) return result
      const transform = (
        part: LanguageModelV4StreamPart,
        controller: TransformStreamDefaultController<LanguageModelV4StreamPart>,
      ): void => {
        if (part.type === 'stream-start') controller.enqueue({ ...part, warnings: [...part.warnings, ...warnings] })
        else if (part.type === 'finish' && gateway) {
          controller.enqueue({ ...part, providerMetadata: { ...part.providerMetadata, gateway } })
        } else controller.enqueue(part)
      }
      return { ...result, stream: result.stream.pipeThrough(new TransformStream({ transform })) }
    },
  }
}
