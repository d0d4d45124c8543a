import type { Condition } from './condition.ts'
import { operators } from './operators.ts'
import { readField } from './read-field.ts'
import type { RouteFacts } from './route-facts.ts'

/** Whether a condition holds for a request. Never throws. */
export function matchesCondition(condition: Condition, facts: RouteFacts): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.of.every((part) => matchesCondition(part, facts))
    case 'any':
      return condition.of.some((part) => matchesCondition(part, facts))
    case 'not':
      return !matchesCondition(condition.of, facts)
    case 'field': {
      const { field, operator, expected } = condition
      const actual = readField(field, facts)
      const { holds } = operators[operator]
      if (field.in === 'plan') return holds(actual, inLowerCase(expected))
      if (field.in !== 'headers' || typeof actual !== 'string' || operator === '$exists') return holds(actual, expected)
      // Headers are always text, so each is taken for what it is compared with.
      if (operator === '$in') return listOf(expected).some((one) => operators.$eq.holds(asTypeOf(one, actual), one))
      if (operator === '$nin') return listOf(expected).every((one) => operators.$ne.holds(asTypeOf(one, actual), one))
      return holds(asTypeOf(expected, actual), expected)
    }
  }
}

/** Plans are named in any case. */
function inLowerCase(expected: unknown): unknown {
  if (Array.isArray(expected)) return expected.map(inLowerCase)
  return typeof expected === 'string' ? expected.toLowerCase() : expected
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const words: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
])

/** A text as a number or a boolean, where it is written as one and that is what is wanted. */
function asTypeOf(wanted: unknown, text: string): unknown {
  if (typeof wanted === 'boolean') return words.get(text) ?? text
  return typeof wanted === 'number' && text.trim() !== '' && isFinite(Number(text)) ? Number(text) : text
}
