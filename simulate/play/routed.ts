import {
  claimProbe,
  idOf,
  judgeHealth,
  mayFollow,
  observe,
  rank,
  type Candidate,
  type HealthState,
  type Strategy,
} from '@gw/router'
import type { DayRequest } from '../day/create-requests.ts'
import { createWorld, type Called } from '../world/create-world.ts'
import { factsAt } from '../world/facts-at.ts'
import type { Target } from '../world/target.ts'
import { targets } from '../world/targets.ts'
import { createAgenda, type Agenda } from './agenda.ts'
import type { Played, Policy } from './policy.ts'

/** As many as a gateway would try for one request. */
const mostAttempts = 4

interface Stage {
  agenda: Agenda
  call: ReturnType<typeof createWorld>
  states: Map<string, HealthState>
  played: Played[]
}

/** One request on its way through its candidates. */
interface Journey {
  request: DayRequest
  /** Not tried, best first. */
  left: readonly string[]
  attempts: number
}

/** A strategy as a gateway runs it: ranked with health, failures observed, fallback to what may follow. */
export function routed(strategy: Strategy): Policy {
  return {
    name: `\`${strategy}\``,
    play({ requests }) {
      const stage: Stage = { agenda: createAgenda(), call: createWorld(), states: new Map(), played: [] }
      for (const request of requests) {
        stage.agenda.add(request.at, (at) => {
          const { needs, inputTokens, outputTokens, conversation: stickyKey } = request
          const question = { strategy, needs, inputTokens, outputTokens, stickyKey }
          const { ranked } = rank(question, candidatesAt(stage, at))
          advance(stage, { request, left: ranked.map(({ id }) => id), attempts: 0 }, at)
        })
      }
      stage.agenda.run()
      return stage.played
    },
  }
}

const candidatesAt = (stage: Stage, at: number): Candidate[] => targets.map((target) => toCandidate(stage, target, at))

function toCandidate({ states }: Stage, target: Target, at: number): Candidate {
  const { provider, model, capabilities, quality, speed, contextWindow, hidesWindow } = target
  const { input, output } = factsAt(target, at)
  return {
    provider,
    model,
    capabilities,
    quality,
    speed,
    usdPerMillion: (3 * input + output) / 4,
    health: judgeHealth(states.get(idOf(target)), at),
    ...(!hidesWindow && { contextWindow }),
  }
}

/** Calls the best target that is left and lets one through, or ends the journey. */
function advance(stage: Stage, journey: Journey, at: number): void {
  const [id, ...left] = journey.left
  const target = targets.find((each) => idOf(each) === id)
  if (!target || id === undefined || journey.attempts === mostAttempts) {
    stage.played.push(lost(journey, at))
    return
  }
  const probedAt = isProbing(stage, id, at) ? at : undefined
  if (!claim(stage, id, at)) {
    advance(stage, { ...journey, left }, at)
    return
  }
  const called = stage.call({ target, request: journey.request, at, attempt: 1 })
  const next = { ...journey, left, attempts: journey.attempts + 1 }
  stage.agenda.add(at + called.durationMs, (end) => {
    record(stage, { target, request: journey.request, called, probedAt }, end)
    if (called.ok) stage.played.push(won(next, target, { ...called, at }))
    if (!called.ok)
      advance(stage, { ...next, left: followers(stage, { target, type: called.type }, { left, end }) }, end)
  })
}

const isProbing = ({ states }: Stage, id: string, at: number): boolean =>
  judgeHealth(states.get(id), at).status === 'probing'

function claim({ states }: Stage, id: string, at: number): boolean {
  const state = states.get(id)
  if (!state) return true
  const claimed = claimProbe(state, at)
  states.set(id, claimed.state)
  return claimed.granted
}

function followers(
  stage: Stage,
  failed: { target: Target; type: Extract<Called, { ok: false }>['type'] },
  { left, end }: { left: readonly string[]; end: number },
): readonly string[] {
  const candidates = new Map(candidatesAt(stage, end).map((candidate) => [idOf(candidate), candidate]))
  const candidate = toCandidate(stage, failed.target, end)
  return left.filter((id) => {
    const next = candidates.get(id)
    return next !== undefined && mayFollow({ candidate, type: failed.type }, next).ok
  })
}

interface Ended {
  target: Target
  request: DayRequest
  called: Called
  probedAt: number | undefined
}

function record({ states }: Stage, { target, request, called, probedAt }: Ended, at: number): void {
  const id = idOf(target)
  const probe = probedAt !== undefined && { probedAt }
  const outcome = called.ok
    ? { ...called, at, outputTokens: request.outputTokens, ...probe }
    : { ...called, at, ...probe }
  states.set(id, observe(states.get(id), outcome))
}

const lost = ({ request, attempts }: Journey, at: number): Played => ({
  ok: false,
  fallbacks: Math.max(0, attempts - 1),
  usd: 0,
  quality: 0,
  ttftMs: at - request.at,
  durationMs: at - request.at,
})

const won = (
  { request, attempts }: Journey,
  { quality }: Target,
  { usd, ttftMs, durationMs, at }: Extract<Called, { ok: true }> & { at: number },
): Played => ({
  ok: true,
  fallbacks: attempts - 1,
  usd,
  quality,
  ttftMs: at + ttftMs - request.at,
  durationMs: at + durationMs - request.at,
})
