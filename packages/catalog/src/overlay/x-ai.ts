import type { ModelRow } from '../price-table.ts'

/** @see https://docs.x.ai/docs/models */
export const xAI: readonly ModelRow[] = [['grok-2-image-1212', '^grok-2-image', 0, { images: 70 }]]
