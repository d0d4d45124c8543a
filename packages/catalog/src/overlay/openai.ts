import type { ModelRow, UsdPrices } from '../price-table.ts'

/** @see https://platform.openai.com/docs/pricing */
export const openai: readonly ModelRow[] = [
  ['tts-1', ['=tts-1', '^tts-1-1106'], 0, { characters: 0.015 }],
  ['tts-1-hd', '^tts-1-hd', 0, { characters: 0.03 }],
  ['dall-e-2', 0, 0, { images: { by: ['size'], usd: { '256x256': 16, '512x512': 18, '1024x1024': 20 } } }],
  [
    'dall-e-3',
    0,
    0,
    {
      images: {
        by: ['quality', 'size'],
        usd: {
          'standard 1024x1024': 40,
          'standard 1024x1792': 80,
          'standard 1792x1024': 80,
          'hd 1024x1024': 80,
          'hd 1024x1792': 120,
          'hd 1792x1024': 120,
        },
      },
    },
  ],
]

/** Dollars per thousand images of 1024 × 1024 pixels, and of either oblong size, for each quality. */
type ByQuality = Readonly<Record<'low' | 'medium' | 'high', readonly [square: number, oblong: number]>>

function images(byQuality: ByQuality): UsdPrices {
  const entries = Object.entries(byQuality).flatMap(([quality, [square, oblong]]) => [
    [`${quality} 1024x1024`, square] as const,
    [`${quality} 1024x1536`, oblong] as const,
    [`${quality} 1536x1024`, oblong] as const,
  ])
  return { images: { by: ['quality', 'size'], usd: Object.fromEntries(entries) } }
}

/**
 * What an image comes to where its tokens are not reported; the words of the prompt are beside it.
 *
 * @see https://platform.openai.com/docs/pricing#image-generation
 */
export const openaiAdditions: Readonly<Record<string, UsdPrices>> = {
  'gpt-image-1': images({ low: [11, 16], medium: [42, 63], high: [167, 250] }),
  'gpt-image-1-mini': images({ low: [5, 6], medium: [11, 15], high: [36, 52] }),
  'gpt-image-1.5': images({ low: [9, 13], medium: [34, 50], high: [133, 200] }),
}
