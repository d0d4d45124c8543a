/** A day, or a moment with its offset, in ms; `undefined` for anything else: a time without one means another on each machine. */
export function parseTime(text: string): number | undefined {
  const isIso = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/.test(text)
  const time = isIso ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) ? undefined : time
}
