import type { SharedV4Warning, SpeechModelV4CallOptions } from '@ai-sdk/provider'
import { compact } from '../run/json.ts'
import { readCallOptions } from '../run/read-call-options.ts'
import { audioFormatOf, type AudioFormat } from './audio-formats.ts'

interface SpeechRequest {
  inputs: Record<string, unknown>
  warnings: SharedV4Warning[]
}

type Warn = (feature: string, details: string) => void

/** A call in the words of `run`; what the model has no field for is a warning. */
export function toSpeechRequest(options: SpeechModelV4CallOptions, modelId: string): SpeechRequest {
  const warnings: SharedV4Warning[] = []
  const warn: Warn = (feature, details) => void warnings.push({ type: 'unsupported', feature, details })
  if (options.instructions) warn('instructions', 'The model speaks the text as it is.')
  const toInputs = /melotts/.test(modelId) ? toMelotts : toAura
  return {
    inputs: compact({ ...toInputs(options, modelId, warn), ...readCallOptions(options.providerOptions) }),
    warnings,
  }
}

/** Each of Deepgram's voices speaks one language, which the model's name ends with. */
function toAura({ text, voice, speed, language, outputFormat }: SpeechModelV4CallOptions, modelId: string, warn: Warn) {
  const spoken = /-(en|es)$/.exec(modelId)?.[1] ?? 'en'
  if (language && language !== 'auto' && !language.toLowerCase().startsWith(spoken)) {
    warn('language', `The model speaks "${spoken}".`)
  }
  return { text, speaker: voice || undefined, speed, ...toFormat(outputFormat, warn) }
}

function toMelotts({ text, voice, speed, language, outputFormat }: SpeechModelV4CallOptions, _: string, warn: Warn) {
  if (voice) warn('voice', 'The model has one voice for each language.')
  if (speed !== undefined) warn('speed', 'The model has one speed.')
  if (outputFormat) warn('outputFormat', 'The audio comes as the model makes it.')
  return { prompt: text, lang: language && language !== 'auto' ? language : undefined }
}

function toFormat(outputFormat: string | undefined, warn: Warn): AudioFormat | undefined {
  if (!outputFormat) return undefined
  const format = audioFormatOf(outputFormat)
  if (!format) warn('outputFormat', `"${outputFormat}" is not known; the audio is MP3.`)
  return format
}
