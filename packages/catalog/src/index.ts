export { chooseWorkersAIModel } from './choose-workers-ai-model.ts'
export { costFromCustom, type CustomPrice } from './cost-from-custom.ts'
export type { CostLine } from './cost-line.ts'
export { cost, type Cost } from './cost.ts'
export {
  explainWorkersAIModel,
  type WorkersAICandidate,
  type WorkersAINeeds,
  type WorkersAIRejection,
} from './explain-workers-ai-model.ts'
export { findModel } from './find-model.ts'
export type { PricedAt } from './find-prices.ts'
export type { ModelRef } from './find-row.ts'
export { listModels } from './list-models.ts'
export type { Capability } from './model-families.ts'
export { mostCost } from './most-cost.ts'
export { mostNeurons } from './most-neurons.ts'
export type { MostUsage } from './most-of.ts'
export { neuronsOf } from './neurons-of.ts'
export { parsePriceOverride } from './parse-price-override.ts'
export type { PriceOverride } from './price-override.ts'
export type { Price, UsdPrices } from './price-table.ts'
export { priceVersion } from './price-version.ts'
export { resolveBareModel } from './resolve-bare-model.ts'
export type { Model } from './to-model.ts'
export type { UnitPrice } from './unit-price.ts'
export type { Usage, UsageClass } from './usage.ts'
export type { Variant } from './variant.ts'
