import type { Point } from './layout-graph.ts'

/** A smooth line through points, as SVG writes it; it leaves and arrives upright. */
export function edgePath([first, ...rest]: readonly Point[]): string {
  if (!first) return ''
  let before = first
  const curves = rest.map((point) => {
    const half = (point.y - before.y) / 2
    const curve = `C${before.x} ${before.y + half} ${point.x} ${point.y - half} ${point.x} ${point.y}`
    before = point
    return curve
  })
  return [`M${first.x} ${first.y}`, ...curves].join(' ')
}
