import { createRequests } from './day/create-requests.ts'
import { policies } from './play/policies.ts'
import type { Policy } from './play/policy.ts'
import { summarise, type Summary } from './summarise.ts'

export interface Simulation {
  routed: readonly Summary[]
  random: Summary
  /** Each target alone. */
  alone: readonly Summary[]
}

/** Plays the same day under every policy. */
export function simulateDay(seed: string, count: number): Simulation {
  const day = { seed, requests: createRequests(seed, count) }
  const play = (policy: Policy): Summary => summarise(policy.name, policy.play(day))
  return { routed: policies.routed.map(play), random: play(policies.random), alone: policies.alone.map(play) }
}
