import type { ModelRow } from '../price-table.ts'

/** @see https://cohere.com/pricing */
export const cohere: readonly ModelRow[] = [
  ['rerank-v3.5', 0, 0, { search_units: 2 }],
  ['rerank-english-v3.0', 0, 0, { search_units: 2 }],
  ['rerank-multilingual-v3.0', 0, 0, { search_units: 2 }],
]
