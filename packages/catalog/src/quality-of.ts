import { qualityFamily } from './model-families.ts'
import { qualityPriors, qualityTasks, type QualityTask } from './quality-priors.ts'

/** How good a model is taken to be at a task before anybody has measured it. */
export interface QualityPrior {
  /** 0–10. */
  readonly quality: number
  /** Two points of quality each: 5 is the best. */
  readonly tier: 1 | 2 | 3 | 4 | 5
  /** Whose judgement it is, and the public page that it follows. */
  readonly source: string
}

/**
 * The quality prior of a model, by its family; `undefined` for a family that isn't known, that doesn't answer text or
 * that can't do the task.
 *
 * @example
 * qualityOf('anthropic/claude-sonnet-4-5', 'code')
 * // { quality: 9.5, tier: 5, source: 'own judgement after https://www.anthropic.com/system-cards' }
 */
export function qualityOf(model: string, task: QualityTask): QualityPrior | undefined {
  const family = qualityFamily(model)
  if (family === undefined) return undefined
  const { [qualityTasks.indexOf(task)]: quality, [qualityTasks.length]: source } = qualityPriors[family]
  if (typeof quality !== 'number' || quality === 0) return undefined
  const page = /^\d/.test(String(source)) ? `https://arxiv.org/abs/${source}` : source
  return { quality, tier: tierOf(quality), source: `own judgement after ${page}` }
}

function tierOf(quality: number): QualityPrior['tier'] {
  if (quality > 8) return 5
  if (quality > 6) return 4
  if (quality > 4) return 3
  return quality > 2 ? 2 : 1
}
