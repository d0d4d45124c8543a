import { checkList } from '../check-list.ts'
import { findMistakes, type Check } from '../find-mistakes.ts'
import type { Mistake, Parsed } from '../parsed.ts'
import type { Constraints } from './constraints.ts'

/** What a caller may send is compared with every target, and said of every target that it rejects. */
const mostItems = 200
const mostCharacters = 256

const checkStrings: Check = (value, path) => {
  const items: readonly unknown[] = Array.isArray(value) ? value : []
  if (items.length > mostItems) return [{ path, message: `must have at most ${mostItems} strings` }]
  const isLong = items.some((item) => typeof item === 'string' && item.length > mostCharacters)
  if (isLong) return [{ path, message: `must have strings of at most ${mostCharacters} characters` }]
  return checkList()(value, path)
}

const checks: Readonly<Record<keyof Constraints, Check>> = {
  max_price: checkThat('a number of 0 or more, in USD per million tokens', (value) => isNumber(value) && value >= 0),
  capabilities: checkStrings,
  context: checkThat('a whole number of tokens above 0', (value) => Number.isSafeInteger(value) && Number(value) > 0),
  region: (value, path) => (typeof value === 'string' ? checkStrings([value], path) : checkStrings(value, path)),
  zero_retention: checkThat('true or false', (value) => typeof value === 'boolean'),
  allow: checkStrings,
  deny: checkStrings,
  min_quality: checkThat('a number from 0 to 10', (value) => isNumber(value) && value >= 0 && value <= 10),
}

/** Constraints as somebody wrote them, or everything that is wrong with them. */
export function parseConstraints(value: unknown): Parsed<Constraints> {
  const isLarge = typeof value === 'object' && value !== null && Object.keys(value).length > mostItems
  const mistakes = isLarge
    ? [{ path: '', message: `must have at most ${mostItems} fields` }]
    : findMistakes(value, '', checks)
  return isConstraints(value, mistakes) ? { ok: true, value } : { ok: false, mistakes }
}

const isConstraints = (_: unknown, mistakes: readonly Mistake[]): _ is Constraints => mistakes.length === 0

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)

function checkThat(what: string, isRight: (value: unknown) => boolean): Check {
  return (value, path) => (isRight(value) ? [] : [{ path, message: `must be ${what}` }])
}
