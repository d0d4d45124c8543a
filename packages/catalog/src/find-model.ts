import { findRow, type ModelRef } from './find-row.ts'
import { canonicalProvider } from './price-sources.ts'
import { toModel, type Model } from './to-model.ts'

/**
 * What the catalog knows of a model, with its prices at a time (epoch milliseconds); dated ids and the provider's
 * aliases find the same model. `undefined` for a model that it doesn't know.
 *
 * @example
 * findModel({ provider: 'anthropic', model: 'claude-sonnet-4-5-20250929' }, Date.now())?.contextWindow
 */
export function findModel(ref: ModelRef, at: number): Model | undefined {
  const row = findRow(ref)
  return row && toModel(canonicalProvider(ref.provider), row, at)
}
