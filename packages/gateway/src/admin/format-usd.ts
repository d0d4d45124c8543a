/** Nano-dollars as dollars in decimals, exactly: `12.5`. */
export function formatUsd(nanoUsd: number): string {
  const digits = String(nanoUsd).padStart(10, '0')
  const decimals = digits.slice(-9).replace(/0+$/, '')
  return decimals === '' ? digits.slice(0, -9) : `${digits.slice(0, -9)}.${decimals}`
}
