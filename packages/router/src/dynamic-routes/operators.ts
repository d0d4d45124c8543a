/** Compares what a field holds with what is expected. A field that is missing holds `undefined`. */
type Holds = (actual: unknown, expected: unknown) => boolean

interface OperatorFacts {
  /** What may be expected, in words. */
  takes: string
  isTaken(expected: unknown): boolean
  holds: Holds
}

const isScalar = (value: unknown): boolean =>
  value === null || ['string', 'boolean'].includes(typeof value) || (typeof value === 'number' && isFinite(value))
const isText = (value: unknown): boolean => typeof value === 'string'
const isOrdered = (value: unknown): boolean => isText(value) || (typeof value === 'number' && isFinite(value))
const isBoolean = (value: unknown): boolean => typeof value === 'boolean'
const isList = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && value.every(isScalar)

/** Values of different types are never equal; what is missing equals `null`. */
const equals: Holds = (actual, expected) => (actual ?? null) === expected
const isIn: Holds = (actual, expected) => Array.isArray(expected) && expected.some((one) => equals(actual, one))
const contains: Holds = (actual, expected) => {
  if (Array.isArray(actual)) return actual.some((one: unknown) => one === expected)
  return typeof actual === 'string' && typeof expected === 'string' && actual.includes(expected)
}

/** Numbers with numbers, texts with texts; nothing else has an order. */
const compares =
  (isRight: (order: number) => boolean): Holds =>
  (actual, expected) => {
    if (typeof actual === 'number' && typeof expected === 'number') return isRight(actual - expected)
    if (typeof actual !== 'string' || typeof expected !== 'string') return false
    return isRight(actual === expected ? 0 : actual < expected ? -1 : 1)
  }
const ofTexts =
  (isRight: (actual: string, expected: string) => boolean): Holds =>
  (actual, expected) =>
    typeof actual === 'string' && typeof expected === 'string' && isRight(actual, expected)

const scalar = { takes: 'a string, a number, true, false or null', isTaken: isScalar }
const list = { takes: 'a list with at least one string, number, true, false or null', isTaken: isList }
const ordered = { takes: 'a number or a string', isTaken: isOrdered }
const text = { takes: 'a string', isTaken: isText }

/** All operators on fields. */
export const operators = {
  $eq: { ...scalar, holds: equals },
  $ne: { ...scalar, holds: (actual, expected) => !equals(actual, expected) },
  $in: { ...list, holds: isIn },
  $nin: { ...list, holds: (actual, expected) => !isIn(actual, expected) },
  $gt: { ...ordered, holds: compares((order) => order > 0) },
  $gte: { ...ordered, holds: compares((order) => order >= 0) },
  $lt: { ...ordered, holds: compares((order) => order < 0) },
  $lte: { ...ordered, holds: compares((order) => order <= 0) },
  $exists: {
    takes: 'true or false',
    isTaken: isBoolean,
    holds: (actual, expected) => (actual !== undefined) === expected,
  },
  $contains: { ...scalar, holds: contains },
  $startsWith: { ...text, holds: ofTexts((actual, expected) => actual.startsWith(expected)) },
  $endsWith: { ...text, holds: ofTexts((actual, expected) => actual.endsWith(expected)) },
} as const satisfies Record<string, OperatorFacts>

/** Name of an operator on a field. */
export type Operator = keyof typeof operators
