import { parseFault } from './parse-faults.ts'
import type { FaultName } from './parse-faults.ts'

/** The faults in force for one request. */
export interface FaultSet {
  has(name: FaultName): boolean
  /** The first number of a fault, undefined when the fault or the number is absent. */
  number(name: FaultName): number | undefined
  /** All arguments as written. */
  args(name: FaultName): readonly string[]
}

/** Turns fault specs into a set and counts down `times:K:…` across requests. */
export function createFaultBook() {
  const counts = new Map<string, number>()

  return {
    /** `key` tells apart independent series of `times`. Throws a FaultSyntaxError. */
    resolve(specs: readonly string[], key: string): FaultSet {
      const active = new Map<FaultName, readonly string[]>()
      for (const spec of specs) {
        const fault = parseFault(spec)
        if (fault.name !== 'times') {
          active.set(fault.name, fault.args)
          continue
        }
        const inner = parseFault(fault.args[1] ?? '')
        const used = counts.get(`${key}/${spec}`) ?? 0
        counts.set(`${key}/${spec}`, used + 1)
        if (used < Number(fault.args[0])) active.set(inner.name, inner.args)
      }
      return toSet(active)
    },
    clear: () => counts.clear(),
  }
}

function toSet(active: ReadonlyMap<FaultName, readonly string[]>): FaultSet {
  return {
    has: (name) => active.has(name),
    number: (name) => {
      const [first] = active.get(name) ?? []
      return first === undefined ? undefined : Number(first)
    },
    args: (name) => active.get(name) ?? [],
  }
}
