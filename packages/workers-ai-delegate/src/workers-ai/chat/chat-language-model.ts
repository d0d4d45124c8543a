import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
  LanguageModelV4StreamResult,
  SharedV4Warning,
} from '@ai-sdk/provider'
import { BaseModel } from '../run/base-model.ts'
import { createId as createRandomId } from '../run/create-id.ts'
import type { TextGenerationModels } from '../known-models.ts'
import type { ModelConfig } from '../run/model-config.ts'
import { readObject } from '../run/read-answer.ts'
import { readGatewayFacts } from '../run/read-gateway-facts.ts'
import type { AnswerBody } from '../run/run-answer.ts'
import { runModel, type Read, type RunCall } from '../run/run-model.ts'
import type { WorkersAIChatSettings } from './chat-settings.ts'
import { createChunkReader } from './create-chunk-reader.ts'
import { createPartStream } from './create-part-stream.ts'
import { takesImageUrls } from './model-abilities.ts'
import { readCompletion } from './read-completion.ts'
import { readUsage } from './read-usage.ts'
import { runChatStream } from './run-chat-stream.ts'
import { toBodyStream } from './to-body-stream.ts'
import { toChatRequest, type ChatRequest } from './to-chat-request.ts'
import { toContent } from './to-content.ts'
import { toFinishReason } from './to-finish-reason.ts'
import { toResponseMetadata } from './to-response-metadata.ts'

/** A text model of Workers AI, or any other that answers `run` in the shape of chat completions. */
export class WorkersAIChatLanguageModel
  extends BaseModel<TextGenerationModels, WorkersAIChatSettings, ModelConfig>
  implements LanguageModelV4
{
  readonly defaultObjectGenerationMode = 'json'
  /** Images that the model fetches itself; the AI SDK downloads the others. */
  readonly supportedUrls: Record<string, RegExp[]>

  constructor(modelId: TextGenerationModels, settings: WorkersAIChatSettings, config: ModelConfig) {
    super(modelId, settings, config)
    this.supportedUrls = takesImageUrls(modelId) ? { 'image/*': [/^https:\/\//] } : {}
  }

  /** Generates a whole answer. Throws an APICallError when the model or the gateway fails. */
  async doGenerate(options: LanguageModelV4CallOptions): Promise<LanguageModelV4GenerateResult> {
    const request = toChatRequest(options, this)
    const call = toCall(this, request, options)
    const { value: body, headers } = await runModel(call, readObject)
    const completion = readCompletion(body)
    const createId = this.config.createId ?? createRandomId
    const { content, hasCalls, leakedCalls } = toContent(completion, { ...request, createId })
    const { metadata, warnings } = readGatewayFacts(headers)
    return {
      content,
      finishReason: toFinishReason(completion.finishReason, hasCalls),
      usage: readUsage(completion.usage),
      warnings: [...request.warnings, ...warnings, ...leakWarnings(leakedCalls)],
      request: { body: request.inputs },
      response: { ...toResponseMetadata(body, this.modelId), ...(headers && { headers }), body },
      ...(metadata && { providerMetadata: { gateway: metadata } }),
    }
  }

  /** Generates an answer part by part. Throws an APICallError when the call fails before the first part; later failures are parts. */
  async doStream(options: LanguageModelV4CallOptions): Promise<LanguageModelV4StreamResult> {
    const request = toChatRequest(options, this)
    const call = toCall(this, request, options)
    const answer = await runChatStream(call, request.warnings)
    return {
      stream: toParts(answer, { model: this, request, call, includeRawChunks: options.includeRawChunks === true }),
      request: { body: { ...request.inputs, stream: true } },
      ...(answer.headers && { response: { headers: answer.headers } }),
    }
  }
}

function toCall(
  { config, modelId }: WorkersAIChatLanguageModel,
  { inputs, settings }: ChatRequest,
  { headers, abortSignal }: LanguageModelV4CallOptions,
): RunCall {
  return { config, modelId, inputs, settings, headers, abortSignal }
}

interface StreamedCall {
  model: WorkersAIChatLanguageModel
  request: ChatRequest
  call: RunCall
  includeRawChunks: boolean
}

function toParts(answer: Read<AnswerBody>, { model, request, call, includeRawChunks }: StreamedCall) {
  const { metadata: gateway, warnings } = readGatewayFacts(answer.headers)
  const context = {
    modelId: call.modelId,
    inputs: call.inputs,
    ...(answer.headers && { responseHeaders: answer.headers }),
  }
  const createId = model.config.createId ?? createRandomId
  const reader = createChunkReader({ context, createId, forcedTools: request.forcedTools, includeRawChunks, gateway })
  const head: LanguageModelV4StreamPart[] = [{ type: 'stream-start', warnings: [...request.warnings, ...warnings] }]
  return createPartStream({ stream: toBodyStream(answer.value), reader, head, context, abortSignal: call.abortSignal })
}

function leakWarnings(count: number): SharedV4Warning[] {
  const message = `The model wrote ${count} tool call(s) as text instead of calling; they were recovered.`
  return count === 0 ? [] : [{ type: 'other', message }]
}
