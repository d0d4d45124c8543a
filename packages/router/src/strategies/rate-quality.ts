import type { Candidate } from './candidate.ts'
import type { Rating } from './decision.ts'
import { idOf } from './id-of.ts'
import { onScale } from './on-scale.ts'
import type { Question } from './question.ts'
import { selectOverride } from './select-override.ts'

/** The gateway's own value, else the prior, else 5. */
export function rateQuality({ overrides }: Pick<Question, 'overrides'>, candidate: Candidate): Rating {
  const override = onScale(selectOverride(overrides, idOf(candidate), 'quality'))
  if (override !== undefined) return { value: override, from: 'override' }
  const prior = onScale(candidate.quality)
  return prior === undefined ? { value: 5, from: 'assumed' } : { value: prior, from: 'prior' }
}
