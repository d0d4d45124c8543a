import { priceData } from './generated/prices.ts'
import { additions, overlay } from './overlay.ts'
import type { ModelRow, UsdPrices } from './price-table.ts'
import { isConditional } from './select-prices.ts'

const loaded = new Map<string, readonly ModelRow[]>()

/** All models of a provider of the price data, the overlay's first; parsed on first use. */
export function loadModels(source: string): readonly ModelRow[] {
  const known = loaded.get(source)
  if (known) return known

  const rows: ModelRow[] = JSON.parse(priceData[source] ?? '[]')
  const models = merge(
    overlay[source] ?? [],
    rows.map((row) => add(additions[source]?.[row[0]], row)),
  )
  loaded.set(source, models)
  return models
}

function add(more: UsdPrices | undefined, row: ModelRow): ModelRow {
  const [id, match, context, prices] = row
  if (!more) return row
  const all = isConditional(prices)
    ? prices.map((entry) => ({ ...entry, prices: { ...entry.prices, ...more } }))
    : { ...prices, ...more }
  return [id, match, context, all]
}

/** The overlay decides prices; the context window is the data's where the overlay names none. */
function merge(first: readonly ModelRow[], rows: readonly ModelRow[]): readonly ModelRow[] {
  const byId = new Map(rows.map((row) => [row[0], row]))
  const merged = first.map(([id, match, context, prices]): ModelRow => [
    id,
    match,
    context || (byId.get(id)?.[2] ?? 0),
    prices,
  ])
  const overlaid = new Set(first.map(([id]) => id))
  return [...merged, ...rows.filter(([id]) => !overlaid.has(id))]
}
