import type { Operator } from './operators.ts'
import type { RouteField } from './route-field.ts'

/** A question about a request, read. */
export type Condition =
  | { kind: 'all' | 'any'; of: readonly Condition[] }
  | { kind: 'not'; of: Condition }
  | { kind: 'field'; field: RouteField; operator: Operator; expected: unknown }
