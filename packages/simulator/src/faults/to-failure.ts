import type { Failure, FailureKind } from '../format.ts'
import type { FaultSet } from './fault-set.ts'

const refusals = [
  'context-length',
  'content-filter',
  'model-not-found',
  'quota',
  'bad-auth',
] as const satisfies FailureKind[]

/** The error that the faults ask for instead of an answer, if any. */
export function toFailure(faults: FaultSet, model: string): Failure | undefined {
  const kind = refusals.find((name) => faults.has(name))
  if (kind) return { kind, model }
  const status = faults.number('status')
  if (status === undefined) return undefined
  const retryAfter = faults.args('status')[1]
  return {
    kind: 'status',
    model,
    status,
    ...(retryAfter === undefined ? {} : { retryAfterSeconds: Number(retryAfter) }),
  }
}
