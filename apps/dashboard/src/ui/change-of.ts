/** How a number changed since the period before. */
export interface Change {
  direction: 'up' | 'down' | 'same'
  text: string
}

/** `undefined` where there is nothing to compare. */
export function changeOf(current: number | null, previous: number | null): Change | undefined {
  if (current === null || previous === null) return undefined
  if (current === previous) return { direction: 'same', text: 'no change' }
  const direction = current > previous ? 'up' : 'down'
  if (previous === 0) return { direction, text: 'from 0' }
  const share = Math.abs(current - previous) / Math.abs(previous)
  if (share >= 10) return { direction, text: `${Math.round(share + 1)}×` }
  return { direction, text: share < 0.001 ? '<0.1%' : `${(share * 100).toFixed(share < 0.1 ? 1 : 0)}%` }
}
