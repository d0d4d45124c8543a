import { callers, type CallerRole } from '../cast/callers.ts'
import { createRandom, type Random } from './create-random.ts'
import { models, type Model } from './models.ts'
import type { Leave, PlannedLeg, PlannedRequest, Way } from './plan.ts'
import { planFaults } from './plan-faults.ts'

export interface PlanOptions {
  requests: number
  seed: string
}

/** What is sent, in order: the same for the same options. */
export function createPlan({ requests, seed }: PlanOptions): PlannedRequest[] {
  const weighted = callers.map((role) => ({ role, weight: weightOf(role, requests) }))
  const [first, ...others] = weighted
  if (!first) throw new Error('Nobody calls.')
  return Array.from({ length: requests }, (_, index) => {
    const random = createRandom(`${seed}/${index}`)
    const { role } = random.weighted([first, ...others])
    return planRequest(`load-${index}`, role, random)
  })
}

const weightOf = ({ weight, atLeast = 0 }: CallerRole, requests: number): number =>
  Math.max(weight, (100 * atLeast) / requests)

const ways: readonly [{ way: Way; weight: number }, ...{ way: Way; weight: number }[]] = [
  { way: 'chat', weight: 38 },
  { way: 'messages', weight: 15 },
  { way: 'gemini', weight: 12 },
  { way: 'responses', weight: 5 },
  { way: 'native', weight: 15 },
  { way: 'universal', weight: 15 },
]

function planRequest(id: string, role: (typeof callers)[number], random: Random): PlannedRequest {
  const { way } = random.weighted(ways)
  const stream = random.chance(0.5)
  const attempts = random.chance(0.3) ? random.between(2, 3) : 1
  const legCount = way === 'universal' ? random.between(1, 3) : 1
  const planned = Array.from({ length: legCount }, (_, step) => planLeg(`${id}.${step}`, { way, attempts }, random))
  const [first, ...others] = planned
  if (!first) throw new Error(`The request ${id} has no target.`)
  return {
    id,
    caller: role.name,
    way,
    stream,
    asksUsage: random.chance(0.5),
    legs: [first.leg, ...others.map(({ leg }) => leg)],
    attempts,
    timeoutMs: planned.some(({ needsTimeout }) => needsTimeout) ? 800 : undefined,
    leave: random.chance(leaveShare) ? planLeave(random) : undefined,
  }
}

const leaveShare = 0.12

function planLeg(
  mark: string,
  { way, attempts }: Pick<PlannedRequest, 'way' | 'attempts'>,
  random: Random,
): { leg: PlannedLeg; needsTimeout: boolean } {
  const model = planModel(way, random)
  const { faults, needsTimeout } = planFaults(random, attempts)
  const words = random.chance(0.1) ? random.between(100, 250) : random.between(3, 50)
  const filler = Array.from({ length: random.between(0, 60) }, () => random.pick(vocabulary)).join(' ')
  const text = `${mark} f=${faults.join(',') || '-'} words ${words} ${filler}`.trim()
  return { leg: { model, faults, words, text }, needsTimeout }
}

const vocabulary = ['quiet', 'harbour', 'lantern', 'über', 'ночь', '海', 'granite', '🦊', 'seven', 'willow'] as const

/** Workers AI stands in the unified API alone, Responses at the one provider that has them. */
function planModel(way: Way, random: Random): Model {
  const [first] = models
  if (way === 'responses') return first
  const model = random.weighted(models)
  return model.provider === 'workers-ai' && way !== 'chat' ? first : model
}

interface Moment {
  when: Leave['when']
  weight: number
}

const moments: readonly [Moment, ...Moment[]] = [
  { when: 'unsent', weight: 1 },
  { when: 'unanswered', weight: 3 },
  { when: 'midway', weight: 5 },
  { when: 'at-end', weight: 2 },
]

function planLeave(random: Random): Leave {
  return {
    when: random.weighted(moments).when,
    isReset: random.chance(0.5),
    afterMs: random.between(0, 40),
    afterBytes: random.between(1, 3000),
  }
}
