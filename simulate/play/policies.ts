import { idOf, type Strategy } from '@gw/router'
import type { DayRequest } from '../day/create-requests.ts'
import { draw } from '../draw.ts'
import type { Target } from '../world/target.ts'
import { targets } from '../world/targets.ts'
import type { Policy } from './policy.ts'
import { routed } from './routed.ts'
import { unrouted } from './unrouted.ts'

const strategies: readonly Strategy[] = ['cheapest', 'fastest', 'quality', 'balanced']

const canServe = ({ needs, inputTokens, outputTokens }: DayRequest, target: Target): boolean =>
  needs.every((need) => target.capabilities.includes(need)) && inputTokens + outputTokens <= target.contextWindow

function chooseAny(request: DayRequest, seed: string): Target {
  const able = targets.filter((target) => canServe(request, target))
  const chosen = able[Math.floor(draw(`${seed}/${request.id}/any`) * able.length)]
  if (!chosen) throw new Error(`No target can serve ${request.id}.`)
  return chosen
}

/** All ways of choosing that are compared: strategies, chance, and each target alone. */
export const policies: { routed: readonly Policy[]; random: Policy; alone: readonly Policy[] } = {
  routed: strategies.map(routed),
  random: unrouted('any that can, at random', chooseAny),
  alone: targets.map((target) => unrouted(`always ${idOf(target)}`, () => target)),
}
