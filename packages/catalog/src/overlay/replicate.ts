import type { ModelRow } from '../price-table.ts'

/** Images of the official models that cost the same whatever their size. @see https://replicate.com/pricing */
export const replicate: readonly ModelRow[] = [
  ['black-forest-labs/flux-schnell', 0, 0, { images: 3 }],
  ['black-forest-labs/flux-dev', 0, 0, { images: 25 }],
  ['black-forest-labs/flux-1.1-pro', 0, 0, { images: 40 }],
  ['black-forest-labs/flux-1.1-pro-ultra', 0, 0, { images: 60 }],
  ['black-forest-labs/flux-kontext-pro', 0, 0, { images: 40 }],
  ['black-forest-labs/flux-kontext-max', 0, 0, { images: 80 }],
]
