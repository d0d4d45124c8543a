import type { ModelRow } from '../price-table.ts'

/**
 * Images, on both of Google's APIs.
 *
 * @see https://ai.google.dev/gemini-api/docs/pricing
 * @see https://cloud.google.com/vertex-ai/generative-ai/pricing
 */
export const google: readonly ModelRow[] = [
  ['imagen-4.0-generate-001', '^imagen-4.0-generate-', 0, { images: 40 }],
  ['imagen-4.0-ultra-generate-001', '^imagen-4.0-ultra-generate-', 0, { images: 60 }],
  ['imagen-4.0-fast-generate-001', '^imagen-4.0-fast-generate-', 0, { images: 20 }],
]

/** @see https://ai.google.dev/gemini-api/docs/pricing */
export const googleAIStudio: readonly ModelRow[] = [['imagen-3.0-generate-002', 0, 0, { images: 30 }]]

/** @see https://cloud.google.com/vertex-ai/generative-ai/pricing */
export const googleVertexAI: readonly ModelRow[] = [
  ['imagen-3.0-generate-002', ['=imagen-3.0-generate-001'], 0, { images: 40 }],
  ['imagen-3.0-fast-generate-001', 0, 0, { images: 20 }],
]
