import { FaultSyntaxError } from './faults/parse-faults.ts'
import { Rejection } from './format.ts'
import type { Failure } from './format.ts'
import { ShapeError } from './shape.ts'

/** Rejects like a `fetch` whose connection was refused. */
export class ConnectionRefused extends TypeError {
  constructor() {
    super('fetch failed: simulated fault: connection refused')
  }
}

/** Why a vendor refuses, for an error that means so; any other error is thrown on. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Rejection) return error.failure
  if (error instanceof ShapeError) return { kind: 'invalid', issue: error.issue, message: error.message }
  if (error instanceof FaultSyntaxError) return { kind: 'invalid', message: `simulator: ${error.message}` }
  throw error
}
