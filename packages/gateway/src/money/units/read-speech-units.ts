import type { JsonObject } from '@gw/adapters'
import type { UnitCall, Units } from '../read-units.ts'
import { numberIn, objectIn, textIn, withoutZeros } from './fields.ts'
import { firstMatch, type UnitMatch, type UnitRule } from './first-match.ts'

const rules: readonly UnitRule[] = [
  { path: /\/audio\/speech$/, read: ({ request, answer }) => readTokens(answer) ?? spoken(request?.['input']) },
  { path: /\/audio\/(?:transcriptions|translations)$/, read: readTranscription },
  { path: /\/text-to-speech\/[^/]+(?:\/stream|\/with-timestamps)*$/, providers: ['elevenlabs'], read: readElevenLabs },
  {
    path: /\/speech-to-text$/,
    providers: ['elevenlabs'],
    read: ({ answer }) => lasting(answer, 'audio_duration_secs'),
  },
  { path: /\/listen$/, providers: ['deepgram'], read: readDeepgramListen },
  { path: /\/speak$/, providers: ['deepgram'], read: readDeepgramSpeak },
  { path: /\/tts\/(?:bytes|sse)$/, providers: ['cartesia'], read: readCartesia },
  { path: /\/stt$/, providers: ['cartesia', 'grok'], read: ({ answer }) => lasting(answer, 'duration') },
  { path: /\/tts$/, providers: ['grok'], read: ({ request }) => spoken(request?.['text']) },
  { path: /(?<model>@(?:cf|hf)\/.+)$/, providers: ['workers-ai'], read: readWorkersAI },
]

/** Characters that a call spoke, or seconds that it heard; the tokens of models that are billed by them. */
export function readSpeechUnits(call: UnitCall): Units | undefined {
  return firstMatch(rules, call)
}

function spoken(text: JsonObject[string]): Units | undefined {
  return typeof text === 'string' ? { usage: withoutZeros({ characters: charactersOf(text) }) } : undefined
}

function lasting(body: JsonObject | undefined, field: string): Units | undefined {
  const seconds = numberIn(body?.[field])
  return seconds === undefined ? undefined : { usage: withoutZeros({ seconds }) }
}

/**
 * Audio's tokens as OpenAI reports them; all are audio unless the answer says otherwise.
 * @see https://platform.openai.com/docs/api-reference/audio/verbose-json-object
 */
function readTokens(answer: JsonObject | undefined): Units | undefined {
  const usage = objectIn(answer, 'usage')
  const input = numberIn(usage?.['input_tokens'])
  const output = numberIn(usage?.['output_tokens'])
  if (input === undefined || output === undefined) return undefined
  return { usage: withoutZeros({ input, output_audio: output }) }
}

function readTranscription({ answer }: UnitCall): Units | undefined {
  const usage = objectIn(answer, 'usage')
  const input = numberIn(usage?.['input_tokens'])
  const output = numberIn(usage?.['output_tokens'])
  if (input !== undefined && output !== undefined) {
    const text = numberIn(objectIn(usage, 'input_token_details')?.['text_tokens']) ?? 0
    return { usage: withoutZeros({ input: text, input_audio: Math.max(0, input - text), output }) }
  }
  // What the provider bills comes before what the audio lasted: whole seconds at OpenAI.
  return lasting(usage, 'seconds') ?? lasting(usage, 'prompt_audio_seconds') ?? lasting(answer, 'duration')
}

/** The header counts what is billed, which is less than the text for some models. @see https://elevenlabs.io/docs/api-reference */
function readElevenLabs({ request, headers }: UnitCall): Units | undefined {
  const billed = numberIn(headers.get('character-cost')) ?? numberIn(headers.get('x-character-count'))
  const model = textIn(request?.['model_id'])
  const units = billed === undefined ? spoken(request?.['text']) : { usage: withoutZeros({ characters: billed }) }
  return units && { ...units, ...(model !== undefined && { model }) }
}

/** What Deepgram charges for beside the transcription. @see https://deepgram.com/pricing */
const addOns = [
  'diarize',
  'redact',
  'keyterm',
  'summarize',
  'topics',
  'intents',
  'sentiment',
  'detect_entities',
] as const

/** Each channel is billed where they are transcribed apart. @see https://developers.deepgram.com/docs/multichannel */
function readDeepgramListen({ answer }: UnitCall, { query }: UnitMatch): Units | undefined {
  const metadata = objectIn(answer, 'metadata')
  const duration = numberIn(metadata?.['duration'])
  if (duration === undefined) return undefined
  const channels = query.get('multichannel') === 'true' ? (numberIn(metadata?.['channels']) ?? 1) : 1
  const model = query.get('model') ?? undefined
  const mode = modeOf(query)
  return {
    usage: withoutZeros({ seconds: duration * channels }),
    ...(mode !== undefined && { variant: { mode } }),
    ...(model !== undefined && { model }),
  }
}

function modeOf(query: URLSearchParams): string | undefined {
  if (addOns.some((name) => query.has(name) && query.get(name) !== 'false')) return 'with add-ons'
  return query.get('language') === 'multi' ? 'multilingual' : undefined
}

function readDeepgramSpeak({ request, headers }: UnitCall, { query }: UnitMatch): Units | undefined {
  const billed = numberIn(headers.get('dg-char-count'))
  const model = headers.get('dg-model-name') ?? query.get('model') ?? undefined
  const units = billed === undefined ? spoken(request?.['text']) : { usage: withoutZeros({ characters: billed }) }
  return units && { ...units, ...(model !== undefined && { model }) }
}

function readCartesia({ request }: UnitCall): Units | undefined {
  const units = spoken(request?.['transcript'])
  const model = textIn(request?.['model_id'])
  return units && { ...units, ...(model !== undefined && { model }) }
}

/** @see https://developers.cloudflare.com/workers-ai/models/ */
function readWorkersAI({ request, answer }: UnitCall, { groups }: UnitMatch): Units | undefined {
  const { model = '' } = groups
  const result = objectIn(answer, 'result') ?? answer
  const heard =
    lasting(objectIn(result, 'transcription_info'), 'duration') ?? lasting(objectIn(result, 'metadata'), 'duration')
  const units = heard ?? (/\/aura-/.test(model) ? spoken(request?.['text']) : undefined)
  return units && { ...units, model }
}

/** Characters as people count them, not UTF-16 units. */
const charactersOf = (text: string): number => Array.from(text).length
