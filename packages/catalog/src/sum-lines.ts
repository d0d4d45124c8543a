import type { CostLine } from './cost-line.ts'

/** A bill of the lines and their sum; `undefined` if a line is missing or the sum isn't a safe integer. */
export function sumLines(lines: readonly (CostLine | undefined)[] | undefined) {
  if (!lines || !isComplete(lines)) return undefined
  const nanoUsd = lines.reduce((sum, line) => sum + line.nanoUsd, 0)
  return Number.isSafeInteger(nanoUsd) ? { nanoUsd, lines } : undefined
}

function isComplete(lines: readonly (CostLine | undefined)[]): lines is readonly CostLine[] {
  return lines.every((line) => line !== undefined)
}
