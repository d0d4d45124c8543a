const nanoPerUsd = 1_000_000_000

/**
 * Money for people: cents from a dollar up, and below as many places as the first three digits that say something need.
 * `null` is a price that nobody knows.
 * @example formatMoney(1_234_500) // '$0.00123'
 */
export function formatMoney(nanoUsd: number | null): string {
  if (nanoUsd === null) return 'unknown'
  const usd = nanoUsd / nanoPerUsd
  const size = Math.abs(usd)
  if (size === 0) return '$0'
  if (size >= 1) return usd.toLocaleString('en-US', { style: 'currency', currency: 'USD' })
  const places = Math.min(9, Math.max(2, 2 - Math.floor(Math.log10(size))))
  const text = size.toFixed(places).replace(/(\.\d\d\d*?)0+$/, '$1')
  return `${usd < 0 ? '−' : ''}$${text}`
}

/** Money where room is scarce: three digits and a letter from a thousand dollars up. */
export function formatMoneyShort(nanoUsd: number): string {
  const usd = nanoUsd / nanoPerUsd
  if (Math.abs(usd) < 1000) return formatMoney(nanoUsd)
  return usd.toLocaleString('en-US', {
    style: 'currency',
    currency: 'USD',
    notation: 'compact',
    maximumSignificantDigits: 3,
  })
}
