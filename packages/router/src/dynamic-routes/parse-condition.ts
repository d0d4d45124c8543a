import { isRecord } from './is-record.ts'
import type { Condition } from './condition.ts'
import { operators, type Operator } from './operators.ts'
import { parseField } from './parse-field.ts'
import type { RouteField } from './route-field.ts'

export interface ConditionMistake {
  path: string
  message: string
}

export type ParsedCondition = { ok: true; condition: Condition } | { ok: false; mistakes: ConditionMistake[] }

/** Deeper ones are no question that anybody asks. */
const mostDepth = 16

/** Reads a condition such as `{"metadata.plan":{"$eq":"free"}}`, or finds all that is wrong with it. */
export function parseCondition(value: unknown, path: string): ParsedCondition {
  const mistakes: ConditionMistake[] = []
  const condition = readCondition(value, { path, depth: 0, mistakes })
  return mistakes.length === 0 && condition ? { ok: true, condition } : { ok: false, mistakes }
}

interface Place {
  path: string
  depth: number
  /** Gets what is wrong. */
  mistakes: ConditionMistake[]
}

type Read = Condition | undefined

const say = ({ path, mistakes }: Place, message: string): undefined => void mistakes.push({ path, message })
const below = (place: Place, name: string): Place => ({
  ...place,
  path: `${place.path}${name}`,
  depth: place.depth + 1,
})

function readCondition(value: unknown, place: Place): Read {
  if (place.depth > mostDepth) return say(place, `is nested deeper than ${mostDepth}`)
  if (!isRecord(value)) return say(place, 'must be an object, such as {"metadata.plan": {"$eq": "free"}}')
  const parts = Object.entries(value)
  if (parts.length === 0) return say(place, 'asks nothing: name at least one field')
  return all(parts.map(([name, part]) => readPart(name, part, below(place, `.${name}`))))
}

function readPart(name: string, value: unknown, place: Place): Read {
  if (name === '$and') return readList('all', value, place)
  if (name === '$or') return readList('any', value, place)
  if (name === '$not') return not(readCondition(value, place))
  if (name.startsWith('$')) {
    return say(place, `is not known here. Known are $and, $or and $not; ${operatorNames} stand below a field`)
  }
  const field = parseField(name)
  if (field) return readTests(field, value, place)
  return say(place, 'is no field. Fields are metadata.{key}, headers.{name}, body.{path} and user.plan')
}

function readList(kind: 'all' | 'any', value: unknown, place: Place): Read {
  if (!Array.isArray(value) || value.length === 0) return say(place, 'must be a list with at least one condition')
  const parts = value.map((part: unknown, index) => readCondition(part, below(place, `[${index}]`)))
  return parts.every((part) => part !== undefined) ? { kind, of: parts } : undefined
}

/** What is asked of one field; a value without an operator is to be equal. */
function readTests(field: RouteField, value: unknown, place: Place): Read {
  if (!isRecord(value)) return readTest(field, ['$eq', value], place)
  const tests = Object.entries(value)
  if (tests.length === 0) return say(place, `asks nothing: name an operator, one of ${operatorNames}`)
  return all(tests.map((test) => readTest(field, test, below(place, `.${test[0]}`))))
}

function readTest(field: RouteField, [name, expected]: [string, unknown], place: Place): Read {
  if (place.depth > mostDepth) return say(place, `is nested deeper than ${mostDepth}`)
  if (name === '$not') return not(readTests(field, expected, place))
  if (!isOperator(name)) return say(place, `is no operator. Operators are ${operatorNames} and $not`)
  const { takes, isTaken } = operators[name]
  return isTaken(expected) ? { kind: 'field', field, operator: name, expected } : say(place, `takes ${takes}`)
}

function all(parts: readonly Read[]): Read {
  const [only] = parts
  if (parts.length === 1) return only
  return parts.every((part) => part !== undefined) ? { kind: 'all', of: parts } : undefined
}

const not = (condition: Read): Read => condition && { kind: 'not', of: condition }
const operatorNames = Object.keys(operators).join(', ')
const isOperator = (name: string): name is Operator => Object.hasOwn(operators, name)
