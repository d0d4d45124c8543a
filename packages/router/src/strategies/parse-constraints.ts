import { checkList } from '../check-list.ts'
import { findMistakes, type Check } from '../find-mistakes.ts'
import type { Mistake, Parsed } from '../parsed.ts'
import type { Constraints } from './constraints.ts'

const checks: Readonly<Record<keyof Constraints, Check>> = {
  max_price: checkThat('a number of 0 or more, in USD per million tokens', (value) => isNumber(value) && value >= 0),
  capabilities: checkList(),
  context: checkThat('a whole number of tokens above 0', (value) => Number.isSafeInteger(value) && Number(value) > 0),
  region: (value, path) => (typeof value === 'string' ? checkList()([value], path) : checkList()(value, path)),
  zero_retention: checkThat('true or false', (value) => typeof value === 'boolean'),
  allow: checkList(),
  deny: checkList(),
  min_quality: checkThat('a number from 0 to 10', (value) => isNumber(value) && value >= 0 && value <= 10),
}

/** Constraints as somebody wrote them, or everything that is wrong with them. */
export function parseConstraints(value: unknown): Parsed<Constraints> {
  const mistakes = findMistakes(value, '', checks)
  return isConstraints(value, mistakes) ? { ok: true, value } : { ok: false, mistakes }
}

const isConstraints = (_: unknown, mistakes: readonly Mistake[]): _ is Constraints => mistakes.length === 0

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

function checkThat(what: string, isRight: (value: unknown) => boolean): Check {
  return (value, path) => (isRight(value) ? [] : [{ path, message: `must be ${what}` }])
}
