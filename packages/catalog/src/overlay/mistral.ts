import type { ModelRow } from '../price-table.ts'

/** @see https://docs.mistral.ai/models/codestral-embed-25-05 */
export const mistral: readonly ModelRow[] = [['codestral-embed', '^codestral-embed', 8192, { input: 0.15 }]]
