import { modelFamily, type Capability } from './model-families.ts'
import type { ModelRow, Price } from './price-table.ts'
import { selectPrices } from './select-prices.ts'
import { toUsd } from './to-usd.ts'
import { workersAIFacts } from './workers-ai-facts.ts'

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
    ...(provider === 'workers-ai' && hostFacts(model)),
    ...(contextWindow > 0 && { contextWindow }),
    ...perMillion('inputPerMillionUsd', input),
    ...perMillion('outputPerMillionUsd', output),
    ...perMillion('cacheReadPerMillionUsd', cacheRead),
    ...perMillion('cacheWritePerMillionUsd', cacheWrite),
  }
}

/** Amazon's price data has one row for all geographies of an inference profile; a caller must name one of them. */
const callable = (model: string): string => model.replace(/^regional\./, 'us.')

/** Where a host says other things of a model than its family has. */
function hostFacts(model: string): Partial<Model> {
  const { capabilities, maxOutput } = workersAIFacts(model) ?? {}
  return { ...(capabilities && { capabilities }), ...(maxOutput !== undefined && { maxOutput }) }
}

function perMillion(field: keyof Model, price: Price | undefined): Partial<Model> {
  const usd = price === undefined ? undefined : toUsd(price, { inputTokens: 0 })
  return usd === undefined ? {} : { [field]: usd }
}
