import type { ModelRow } from '../price-table.ts'

/** Dollars an hour of recorded audio at the price of a minute. */
const minute = (usd: number) => Number((usd * 60).toFixed(9))

/**
 * Recorded audio and speech, pay as you go. What is added to a transcription (`diarize`, `redact`, `summarize`, …) has
 * prices of its own, which are not here: such a call has another `mode`, and no price.
 *
 * @see https://deepgram.com/pricing
 */
export const deepgram: readonly ModelRow[] = [
  ['nova-3', '^nova-3', 0, { seconds: { by: ['mode'], usd: { '': minute(0.0043), multilingual: minute(0.0052) } } }],
  ['nova-2', '^nova-2', 0, { seconds: { by: ['mode'], usd: { '': minute(0.0043) } } }],
  ['aura-2', '^aura-2', 0, { characters: 0.03 }],
  ['aura-1', ['~^aura-(?!2)'], 0, { characters: 0.015 }],
]
