import { z } from '../../api/zod.ts'

/** One comparison, as it is entered. */
export interface ConditionRow {
  field: string
  operator: Operator
  /** Text; several values of a list are parted by commas. */
  value: string
}

/** What fields can be compared with, for people. */
export const operatorNames = {
  $eq: 'is',
  $ne: 'is not',
  $in: 'is one of',
  $nin: 'is none of',
  $gt: 'is more than',
  $gte: 'is at least',
  $lt: 'is less than',
  $lte: 'is at most',
  $exists: 'is there',
  $contains: 'contains',
  $startsWith: 'starts with',
  $endsWith: 'ends with',
} as const

export type Operator = keyof typeof operatorNames

const operators: readonly Operator[] = [
  '$eq',
  '$ne',
  '$in',
  '$nin',
  '$gt',
  '$gte',
  '$lt',
  '$lte',
  '$exists',
  '$contains',
  '$startsWith',
  '$endsWith',
]
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])
const fieldSchema = z.union([scalar, z.record(z.string(), z.union([scalar, z.array(scalar)]))])

/** Conditions as rows that must all hold; `undefined` where they are more than that, such as `$or`. */
export function toRows(conditions: unknown): ConditionRow[] | undefined {
  const parsed = z.record(z.string(), fieldSchema).safeParse(conditions)
  if (!parsed.success) return undefined
  const rows: ConditionRow[] = []
  for (const [field, said] of Object.entries(parsed.data)) {
    if (field.startsWith('$')) return undefined
    const tests = typeof said === 'object' && said !== null ? said : { $eq: said }
    for (const [name, value] of Object.entries(tests)) {
      const operator = operators.find((one) => one === name)
      if (!operator) return undefined
      rows.push({ field, operator, value: Array.isArray(value) ? value.map(toText).join(', ') : toText(value) })
    }
  }
  return rows
}

/** Rows as conditions; numbers, true, false and null are taken as such unless they stand in quotes. */
export function toConditions(rows: readonly ConditionRow[]): Record<string, Record<string, unknown>> {
  const conditions: Record<string, Record<string, unknown>> = {}
  for (const { field, operator, value } of rows) {
    conditions[field] = { ...conditions[field], [operator]: toValue(operator, value) }
  }
  return conditions
}

/** A comparison in words. */
export function describeCondition({ field, operator, value }: ConditionRow): string {
  if (operator === '$exists') return `${field} ${value === 'false' ? 'is not there' : 'is there'}`
  return `${field} ${operatorNames[operator]} ${value}`
}

function toValue(operator: Operator, text: string): unknown {
  if (operator === '$in' || operator === '$nin') return text.split(',').map((one) => toScalar(one))
  return operator === '$exists' ? text !== 'false' : toScalar(text)
}

function toScalar(said: string): unknown {
  const text = said.trim()
  if (/^(?:true|false|null|-?\d+(?:\.\d+)?)$/.test(text)) return JSON.parse(text)
  const quoted = /^"(.*)"$/.exec(text)
  return quoted ? quoted[1] : text
}

/** A text that would be read as something else gets quotes. */
function toText(value: z.output<typeof scalar>): string {
  if (typeof value !== 'string') return String(value)
  return toScalar(value) === value ? value : `"${value}"`
}
