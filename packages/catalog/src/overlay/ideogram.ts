import type { ModelRow } from '../price-table.ts'

/** Images by rendering speed, without a character reference. @see https://ideogram.ai/features/api-pricing */
export const ideogram: readonly ModelRow[] = [
  [
    'ideogram-v3',
    ['=v_3'],
    0,
    { images: { by: ['quality', 'mode'], usd: { 'turbo ': 30, 'default ': 60, 'quality ': 90 } } },
  ],
  ['v_2', 0, 0, { images: 80 }],
  ['v_2_turbo', 0, 0, { images: 50 }],
  ['v_2a', 0, 0, { images: 40 }],
  ['v_2a_turbo', 0, 0, { images: 25 }],
  ['v_1', 0, 0, { images: 60 }],
  ['v_1_turbo', 0, 0, { images: 20 }],
]
