/** Every digit, grouped. */
export function formatCount(value: number): string {
  return Math.round(value).toLocaleString('en-US')
}

/** Three digits and a letter from ten thousand up, else every digit. */
export function formatShort(value: number): string {
  if (Math.abs(value) < 10_000) return value.toLocaleString('en-US', { maximumFractionDigits: 1 })
  return value.toLocaleString('en-US', { notation: 'compact', maximumSignificantDigits: 3 })
}

/** A share of 1 in per cent; two digits, or one place above ten. */
export function formatPercent(share: number): string {
  const percent = share * 100
  const places = percent === 0 || Math.abs(percent) >= 99.95 ? 0 : Math.abs(percent) < 1 ? 2 : 1
  return `${percent.toFixed(places)}%`
}
