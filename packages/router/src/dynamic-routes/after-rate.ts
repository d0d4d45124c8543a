import type { Walk } from './walk.ts'
import { walkTo } from './walk-to.ts'

/** Goes on from a limit that was asked. A walk that stands elsewhere stays there. */
export function afterRate(walk: Walk, isAllowed: boolean): Walk {
  if (walk.stop.kind !== 'rate') return walk
  const { success, fallback } = walk.stop.element.outputs
  return walkTo(walk, (isAllowed ? success : fallback)?.elementId)
}
