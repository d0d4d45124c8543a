import type { Answer } from '../../api/admin-api.ts'

/** A price of an organisation's own. */
export type OwnPrice = Answer<'GET /prices'>['data'][number]

/** Prices that the form has fields for, by class of usage. */
export const priceFields = [
  { name: 'input', label: 'Input' },
  { name: 'output', label: 'Output' },
  { name: 'cache_read', label: 'Cache read' },
  { name: 'cache_write_5m', label: 'Cache write' },
] as const

export type PriceDraft = Readonly<Record<(typeof priceFields)[number]['name'], string>>

/** The prices that were entered; a field that is empty is not set. */
export function toPrices(draft: PriceDraft): Record<string, number> {
  return Object.fromEntries(
    priceFields.flatMap(({ name }) => (draft[name].trim() === '' ? [] : [[name, Number(draft[name])]])),
  )
}

/** Own prices of one model, the one that holds now first. */
export function pricesOfModel(
  prices: readonly OwnPrice[],
  { provider, model }: { provider: string; model: string },
): OwnPrice[] {
  return prices
    .filter((price) => price.provider === provider && price.model === model)
    .toSorted((one, other) => other.from - one.from || other.created_at - one.created_at)
}

/** A price in words. */
export function describePrice(prices: OwnPrice['prices']): string {
  return Object.entries(prices)
    .map(([name, price]) => `${name.replaceAll('_', ' ')} ${typeof price === 'number' ? `$${price}` : 'by tiers'}`)
    .join(', ')
}
