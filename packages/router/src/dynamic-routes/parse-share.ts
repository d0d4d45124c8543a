/** The number of a share such as `12.5%`; `undefined` for what is none. */
export function parseShare(name: string): number | undefined {
  const [, digits] = /^(\d{1,3}(?:\.\d{1,6})?)\s?%$/.exec(name) ?? []
  const share = Number(digits)
  return digits !== undefined && share <= 100 ? share : undefined
}
