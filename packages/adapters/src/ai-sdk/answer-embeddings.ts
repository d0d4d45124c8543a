import type { EmbeddingsRequest } from '../embeddings/embeddings.ts'
import { onlyTexts } from '../embeddings/only-texts.ts'
import { openaiEmbeddings } from '../embeddings/openai-embeddings.ts'
import type { AiSdkEmbeddingModel } from './ai-sdk-source.ts'

/** Has an AI SDK model answer an embeddings request, in as many calls as it needs. */
export async function answerEmbeddings(
  model: AiSdkEmbeddingModel,
  request: EmbeddingsRequest,
  abortSignal: AbortSignal,
): Promise<Response> {
  const texts = onlyTexts(request.inputs)
  const size = (await model.maxEmbeddingsPerCall) ?? texts.length
  const vectors: number[][] = []
  let tokens: number | undefined
  for (let start = 0; start < texts.length; start += size) {
    const { embeddings, usage } = await model.doEmbed({ values: texts.slice(start, start + size), abortSignal })
    vectors.push(...embeddings)
    if (usage) tokens = (tokens ?? 0) + usage.tokens
  }
  const usage = { prompt_tokens: tokens ?? 0, completion_tokens: 0, total_tokens: tokens ?? 0 }
  return Response.json(openaiEmbeddings.formatResponse({ vectors, model: model.modelId, usage }, request))
}
