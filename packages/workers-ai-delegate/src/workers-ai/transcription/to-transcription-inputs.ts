import type { SharedV4Warning, TranscriptionModelV4CallOptions } from '@ai-sdk/provider'
import { fromBase64, toBase64 } from '../run/base64.ts'
import { compact } from '../run/json.ts'
import { readCallOptions } from '../run/read-call-options.ts'
import type { WorkersAITranscriptionSettings } from './transcription-settings.ts'

interface TranscriptionRequest {
  inputs: Record<string, unknown>
  warnings: SharedV4Warning[]
}

/** A call in the words of `run`; what the model has no field for is a warning. */
export function toTranscriptionRequest(
  options: TranscriptionModelV4CallOptions,
  { modelId, settings }: { modelId: string; settings: Pick<WorkersAITranscriptionSettings, 'language' | 'prompt'> },
): TranscriptionRequest {
  const warnings: SharedV4Warning[] = []
  const own = readCallOptions(options.providerOptions)
  const toInputs = /deepgram\//.test(modelId) ? toDeepgram : toWhisper
  return { inputs: compact({ ...toInputs(options, { modelId, settings, warnings }), ...own }), warnings }
}

interface Context {
  modelId: string
  settings: Pick<WorkersAITranscriptionSettings, 'language' | 'prompt'>
  warnings: SharedV4Warning[]
}

/** Older models take a list of bytes, newer ones base64. */
function toWhisper({ audio, timestampGranularities }: TranscriptionModelV4CallOptions, context: Context): object {
  const { modelId, settings, warnings } = context
  const isOld = /whisper(?:-tiny-en|-sherpa)?$/.test(modelId)
  if (isOld && timestampGranularities?.includes('segment')) {
    warnings.push({ type: 'unsupported', feature: 'timestampGranularities', details: 'The model times words only.' })
  }
  return {
    audio: isOld ? Array.from(bytesOf(audio)) : base64Of(audio),
    language: settings.language,
    initial_prompt: settings.prompt,
  }
}

/** Deepgram's models take a file with its type; `flux` hears raw samples, of which it must know the rate. */
function toDeepgram(options: TranscriptionModelV4CallOptions, { modelId, settings, warnings }: Context): object {
  const { audio, mediaType, timestampGranularities } = options
  if (settings.prompt !== undefined) {
    warnings.push({ type: 'unsupported', feature: 'prompt', details: 'Use `keyterm` of `providerOptions`.' })
  }
  const file = { body: base64Of(audio), contentType: mediaType }
  if (/\/flux/.test(modelId)) {
    return { audio: file, encoding: 'linear16', sample_rate: /rate=(\d+)/.exec(mediaType)?.[1] ?? '16000' }
  }
  const wantsSegments = timestampGranularities?.includes('segment')
  return { audio: file, language: settings.language, utterances: wantsSegments ? true : undefined }
}

const bytesOf = (audio: Uint8Array | string): Uint8Array => (typeof audio === 'string' ? fromBase64(audio) : audio)

const base64Of = (audio: Uint8Array | string): string => (typeof audio === 'string' ? audio : toBase64(audio))
