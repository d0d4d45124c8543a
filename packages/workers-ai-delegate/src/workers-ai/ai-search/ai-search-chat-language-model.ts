import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamResult,
  SharedV4Warning,
} from '@ai-sdk/provider'
import { BaseModel } from '../run/base-model.ts'
import { createChunkReader } from '../chat/create-chunk-reader.ts'
import { createPartStream } from '../chat/create-part-stream.ts'
import { readCompletion } from '../chat/read-completion.ts'
import { readUsage } from '../chat/read-usage.ts'
import { toBodyStream } from '../chat/to-body-stream.ts'
import { toContent } from '../chat/to-content.ts'
import { toFinishReason } from '../chat/to-finish-reason.ts'
import { toResponseMetadata } from '../chat/to-response-metadata.ts'
import type { TextGenerationModels } from '../known-models.ts'
import { createId as createRandomId } from '../run/create-id.ts'
import type { ModelConfig } from '../run/model-config.ts'
import { readBody, readObject } from '../run/read-answer.ts'
import { toRunAnswer } from '../run/run-answer.ts'
import { settle, type ReadAnswer } from '../run/run-model.ts'
import type { AISearchBinding } from './ai-search-binding.ts'
import type { AISearchChatSettings } from './ai-search-settings.ts'
import { readSources } from './read-sources.ts'
import { toSearchRequest } from './to-search-request.ts'

/** What an AI Search model is made with. */
export interface AISearchConfig extends Pick<ModelConfig, 'provider' | 'createId'> {
  binding: AISearchBinding
  /** Warnings of every answer. */
  warnings?: readonly SharedV4Warning[]
}

/** A model that answers from the documents of an AI Search instance and names its sources. */
export class AISearchChatLanguageModel
  extends BaseModel<TextGenerationModels, AISearchChatSettings, AISearchConfig>
  implements LanguageModelV4
{
  readonly defaultObjectGenerationMode = 'json'
  readonly supportedUrls: Record<string, RegExp[]> = {}

  /** Answers from the documents; the sources come before the text. Throws an APICallError when the search fails. */
  async doGenerate(options: LanguageModelV4CallOptions): Promise<LanguageModelV4GenerateResult> {
    const { params, warnings } = toSearchRequest(options, this.settings)
    const { value: body, headers } = await search(this, { params, read: readObject, abortSignal: options.abortSignal })
    const completion = readCompletion(body)
    const createId = this.config.createId ?? createRandomId
    const { content, hasCalls } = toContent(completion, { forcedTools: new Set(), createId })
    return {
      content: [...readSources(body), ...content],
      finishReason: toFinishReason(completion.finishReason, hasCalls),
      usage: readUsage(completion.usage),
      warnings: [...(this.config.warnings ?? []), ...warnings],
      request: { body: params },
      response: { ...toResponseMetadata(body, this.modelId), ...(headers && { headers }), body },
    }
  }

  /** Answers part by part; sources are parts where the stream names them. */
  async doStream(options: LanguageModelV4CallOptions): Promise<LanguageModelV4StreamResult> {
    const { abortSignal } = options
    const { params, warnings } = toSearchRequest(options, this.settings)
    const streamed = { ...params, stream: true }
    const { value: body, headers } = await search(this, { params: streamed, read: readBody, abortSignal })
    const context = { modelId: this.modelId, inputs: params }
    const reader = createChunkReader({
      context,
      createId: this.config.createId ?? createRandomId,
      includeRawChunks: options.includeRawChunks === true,
      readExtra: readSources,
    })
    const start = { type: 'stream-start' as const, warnings: [...(this.config.warnings ?? []), ...warnings] }
    return {
      stream: createPartStream({ stream: toBodyStream(body), reader, head: [start], context, abortSignal }),
      request: { body: streamed },
      ...(headers && { response: { headers } }),
    }
  }
}

/** @deprecated Use `AISearchChatLanguageModel`: AutoRAG is called AI Search. */
export class AutoRAGChatLanguageModel extends AISearchChatLanguageModel {}

interface Search<T> {
  params: { query: string; stream?: boolean }
  read: ReadAnswer<T>
  abortSignal: AbortSignal | undefined
}

async function search<T>({ config, modelId }: AISearchChatLanguageModel, { params, read, abortSignal }: Search<T>) {
  const context = { modelId, inputs: params }
  const start = async () => toRunAnswer(await config.binding.aiSearch(params), context)
  return settle(start, { read, context, abortSignal })
}
