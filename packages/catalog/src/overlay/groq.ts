import type { ModelRow, UsdPrices } from '../price-table.ts'

/** @see https://groq.com/pricing */
export const groq: readonly ModelRow[] = [
  ['playai-tts', ['=playai-tts-arabic'], 0, { characters: 0.05 }],
  ['canopylabs/orpheus-v1-english', 0, 0, { characters: 0.022 }],
  ['canopylabs/orpheus-arabic-saudi', 0, 0, { characters: 0.04 }],
]

/** Each transcription is billed for ten seconds at least. @see https://console.groq.com/docs/speech-to-text */
export const groqAdditions: Readonly<Record<string, UsdPrices>> = {
  'whisper-large-v3': { seconds: { usd: 0.111, atLeast: 10 } },
  'whisper-large-v3-turbo': { seconds: { usd: 0.04, atLeast: 10 } },
}
