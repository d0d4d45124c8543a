/** Dollars a million tokens; `null` is a price that nobody knows. */
export function formatPrice(usd: number | null): string {
  if (usd === null) return '–'
  if (usd === 0) return 'free'
  const text = String(Number(usd.toPrecision(3)))
  return `$${usd >= 1 || text.length < 4 ? usd.toFixed(2) : text}`
}

/** A number of tokens, short. */
export function formatWindow(tokens: number | null): string {
  if (tokens === null) return '–'
  return tokens.toLocaleString('en-US', { notation: 'compact', maximumSignificantDigits: 3 })
}
