import { modelFamily, type Capability } from './model-families.ts'
import type { ModelRow, TieredUsd } from './price-table.ts'
import { selectPrices } from './select-prices.ts'

/** What the catalog knows of a model; a field that it doesn't know is absent. */
export interface Model {
  /** Provider id. */
  readonly provider: string
  /** Id that the catalog lists the model under, without date. */
  readonly model: string
  readonly capabilities: readonly Capability[]
  /** Tokens of input and output together. */
  readonly contextWindow?: number
  /** Most output tokens of one answer. */
  readonly maxOutput?: number
  /** Quality prior of 0–10. */
  readonly quality?: number
  /** Speed prior of 0–10. */
  readonly speed?: number
  /** USD per million tokens, at the lowest tier; for information, bills come from `cost`. */
  readonly inputPerMillionUsd?: number
  readonly outputPerMillionUsd?: number
  readonly cacheReadPerMillionUsd?: number
  readonly cacheWritePerMillionUsd?: number
}

/** The public facts of a row of the price data, with its prices at a time. */
export function toModel(provider: string, row: ModelRow, at: number): Model {
  const [model, , contextWindow] = row
  const { input, output, cache_read: cacheRead, cache_write_5m: cacheWrite } = selectPrices(row, at)
  return {
    provider,
    model: callable(model),
    ...modelFamily(model),
    ...(contextWindow > 0 && { contextWindow }),
    ...(input !== undefined && { inputPerMillionUsd: base(input) }),
    ...(output !== undefined && { outputPerMillionUsd: base(output) }),
    ...(cacheRead !== undefined && { cacheReadPerMillionUsd: base(cacheRead) }),
    ...(cacheWrite !== undefined && { cacheWritePerMillionUsd: base(cacheWrite) }),
  }
}

/** Amazon's price data has one row for all geographies of an inference profile; a caller must name one of them. */
const callable = (model: string): string => model.replace(/^regional\./, 'us.')

const base = (usd: number | TieredUsd) => (typeof usd === 'number' ? usd : usd[0])
