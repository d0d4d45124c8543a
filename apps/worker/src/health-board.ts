import {
  createHealthRecords,
  type HealthRecords,
  type ProbeAnswer,
  type TargetOutcome,
  type TargetStates,
} from '@gw/gateway'
import { DurableObject } from 'cloudflare:workers'
import type { Env } from './env.ts'

/** How one organisation's targets are, as all isolates have seen them. */
export class HealthBoard extends DurableObject<Env> {
  #records: HealthRecords

  constructor(state: DurableObjectState, env: Env) {
    super(state, env)
    const { kv } = state.storage
    const known = new Map(kv.list<TargetStates[string]>())
    this.#records = createHealthRecords({
      all: () => known,
      set: (target, health) => {
        known.set(target, health)
        kv.put(target, health)
      },
      delete: (target) => {
        known.delete(target)
        kv.delete(target)
      },
    })
  }

  exchange(outcomes: readonly TargetOutcome[]): TargetStates {
    return this.#records.exchange(outcomes, Date.now())
  }

  claimProbe(target: string): ProbeAnswer {
    return this.#records.claimProbe(target, Date.now())
  }
}
