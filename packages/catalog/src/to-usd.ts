import type { Price, TieredUsd, TileUsd, VariantUsd } from './price-table.ts'
import type { Variant } from './variant.ts'

/** What a price may depend on. */
export interface Asked {
  /** Input tokens of all classes, cached ones included. */
  readonly inputTokens: number
  readonly variant?: Variant | undefined
  /** The dearest that `inputTokens` or fewer, in any variant that isn't said, can cost. */
  readonly dearest?: boolean
}

/** The dollars of a price for what was asked; `undefined` for a variant without a known price. */
export function toUsd(price: Price, asked: Asked): number | undefined {
  if (typeof price === 'number') return price
  if (isTiered(price)) return atTier(price, asked)
  if ('by' in price) return ofVariant(price, asked)
  return 'usd' in price ? price.usd : ofTiles(price, asked.variant)
}

function isTiered(price: Exclude<Price, number>): price is TieredUsd {
  return Array.isArray(price)
}

/** A tier holds for the whole request as soon as its input passes the start. */
function atTier([base, ...tiers]: TieredUsd, { inputTokens, dearest }: Asked): number {
  const reached = tiers.filter(([start]) => inputTokens > start).map(([, usd]) => usd)
  return dearest ? Math.max(base, ...reached) : (reached.at(-1) ?? base)
}

/** Without a variant nothing is known of the call, so that any could be its; within one, a field not said is plain. */
function ofVariant({ by, usd }: VariantUsd, { variant, dearest }: Asked): number | undefined {
  const known = usd[by.map((field) => variant?.[field] ?? '').join(' ')]
  if (!dearest || (variant && known !== undefined)) return known
  const isSaid = by.every((field) => variant?.[field] !== undefined)
  return isSaid ? undefined : Math.max(...Object.values(usd))
}

const tileSide = 512

/** Only for sizes of whole tiles: how parts of a tile are counted is not published. */
function ofTiles({ tile = 0, tileStep }: TileUsd, variant: Variant = {}): number | undefined {
  const { size = '', steps, mode } = variant
  const [, width = '', height = ''] = /^(\d+)x(\d+)$/.exec(size) ?? []
  const tiles = (Number(width) * Number(height)) / tileSide ** 2
  const isWhole = tiles > 0 && Number(width) % tileSide === 0 && Number(height) % tileSide === 0
  if (!isWhole || mode !== undefined) return undefined
  if (tileStep === undefined) return tiles * tile
  return steps === undefined ? undefined : tiles * (tile + tileStep * steps)
}
