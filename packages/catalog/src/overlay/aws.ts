import type { ModelRow } from '../price-table.ts'

/** @see https://aws.amazon.com/bedrock/pricing/ */
export const aws: readonly ModelRow[] = [
  ['cohere.rerank-v3-5:0', 0, 0, { search_units: 2 }],
  ['amazon.rerank-v1:0', 0, 0, { search_units: 1 }],
]
