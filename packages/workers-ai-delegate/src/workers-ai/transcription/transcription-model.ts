import type {
  TranscriptionModelV4,
  TranscriptionModelV4CallOptions,
  TranscriptionModelV4Result,
} from '@ai-sdk/provider'
import { BaseModel } from '../run/base-model.ts'
import type { TranscriptionModels } from '../known-models.ts'
import type { ModelConfig } from '../run/model-config.ts'
import { readObject } from '../run/read-answer.ts'
import { readGatewayFacts } from '../run/read-gateway-facts.ts'
import { runModel } from '../run/run-model.ts'
import { readTranscript } from './read-transcript.ts'
import { toTranscriptionRequest } from './to-transcription-inputs.ts'
import type { WorkersAITranscriptionSettings } from './transcription-settings.ts'

/** A speech-to-text model of Workers AI: Whisper and Deepgram's. */
export class WorkersAITranscriptionModel
  extends BaseModel<TranscriptionModels, WorkersAITranscriptionSettings, ModelConfig>
  implements TranscriptionModelV4
{
  /** Transcribes audio. Throws an APICallError when the model or the gateway fails. */
  async doGenerate(options: TranscriptionModelV4CallOptions): Promise<TranscriptionModelV4Result> {
    const { modelId, config } = this
    const { language, prompt, ...settings } = this.settings
    const given = { ...(language && { language }), ...(prompt && { prompt }) }
    const { inputs, warnings } = toTranscriptionRequest(options, { modelId, settings: given })
    const call = { config, modelId, inputs, settings, headers: options.headers, abortSignal: options.abortSignal }
    const { value: body, headers } = await runModel(call, readObject)
    const { metadata, warnings: dropped } = readGatewayFacts(headers)
    return {
      ...readTranscript(body),
      warnings: [...warnings, ...dropped],
      response: { timestamp: config.now?.() ?? new Date(), modelId, headers: headers ?? {}, body },
      ...(metadata && { providerMetadata: { gateway: metadata } }),
    }
  }
}
