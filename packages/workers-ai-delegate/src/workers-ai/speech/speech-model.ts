import type { SpeechModelV4, SpeechModelV4CallOptions, SpeechModelV4Result } from '@ai-sdk/provider'
import { BaseModel } from '../run/base-model.ts'
import type { SpeechModels } from '../known-models.ts'
import type { ModelConfig } from '../run/model-config.ts'
import { readBytesIn } from '../run/read-answer.ts'
import { readGatewayFacts } from '../run/read-gateway-facts.ts'
import { runModel } from '../run/run-model.ts'
import type { WorkersAISpeechSettings } from './speech-settings.ts'
import { toSpeechRequest } from './to-speech-inputs.ts'

/** A text-to-speech model of Workers AI: Deepgram's Aura and MeloTTS. */
export class WorkersAISpeechModel
  extends BaseModel<SpeechModels, WorkersAISpeechSettings, ModelConfig>
  implements SpeechModelV4
{
  /** Speaks a text. Throws an APICallError when the model or the gateway fails. */
  async doGenerate(options: SpeechModelV4CallOptions): Promise<SpeechModelV4Result> {
    const { modelId, config, settings } = this
    const { inputs, warnings } = toSpeechRequest(options, modelId)
    const call = { config, modelId, inputs, settings, headers: options.headers, abortSignal: options.abortSignal }
    const { value: audio, headers } = await runModel(call, readBytesIn('audio'))
    const { metadata, warnings: dropped } = readGatewayFacts(headers)
    return {
      audio,
      warnings: [...warnings, ...dropped],
      request: { body: inputs },
      response: { timestamp: config.now?.() ?? new Date(), modelId, headers: headers ?? {} },
      ...(metadata && { providerMetadata: { gateway: metadata } }),
    }
  }
}
