import type { Candidate } from './candidate.ts'
import type { Rating } from './decision.ts'
import { idOf } from './id-of.ts'
import { measuredSpeed } from './measured-speed.ts'
import { onScale } from './on-scale.ts'
import type { Question } from './question.ts'
import { selectOverride } from './select-override.ts'

/** The gateway's own value, else what was measured, else the prior, else 5. */
export function rateSpeed({ overrides }: Pick<Question, 'overrides'>, candidate: Candidate): Rating {
  const override = onScale(selectOverride(overrides, idOf(candidate), 'speed'))
  if (override !== undefined) return { value: override, from: 'override' }
  const measured = candidate.health && onScale(measuredSpeed(candidate.health))
  if (measured !== undefined) return { value: measured, from: 'measured' }
  const prior = onScale(candidate.speed)
  return prior === undefined ? { value: 5, from: 'assumed' } : { value: prior, from: 'prior' }
}
