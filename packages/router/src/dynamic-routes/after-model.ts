import type { Walk } from './walk.ts'
import { walkTo } from './walk-to.ts'

/** Goes on from a model that was tried. A walk that stands elsewhere stays there. */
export function afterModel(walk: Walk, outcome: 'answered' | 'failed'): Walk {
  if (walk.stop.kind !== 'model') return walk
  const { success, fallback } = walk.stop.element.outputs
  return walkTo(walk, (outcome === 'answered' ? success : fallback)?.elementId)
}
