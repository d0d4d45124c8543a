import { claimProbe, judgeHealth, observe, type HealthState, type HealthVerdict } from '@gw/router'
import type { HealthBoard, ProbeAnswer, TargetOutcome } from './health-board.ts'

/** How targets are, as far as this isolate knows; nobody waits for storage to hear of it. */
export interface Health {
  judge(orgId: string, target: string): HealthVerdict
  /** Every target of which anything is known, as all isolates together have seen it. @throws what the board throws. */
  read(orgId: string): Promise<ReadonlyMap<string, HealthVerdict>>
  /** Counts here at once, and elsewhere within seconds. */
  observe(outcome: TargetOutcome, scope: HealthScope): void
  /** Hears in the background what others have seen, where that is not known already. */
  refresh(scope: HealthScope): void
  /** Asks everyone, and is asked only for a target whose rest is over. Never rejects, and takes no longer than 250 ms. */
  claimProbe(orgId: string, target: string): Promise<ProbeAnswer>
}

export interface HealthScope {
  orgId: string
  /** Has work go on that nobody waits for. */
  background(work: Promise<unknown>): void
}

export interface HealthOptions {
  board: HealthBoard
  now(): number
}

interface Known {
  states: Map<string, HealthState>
  /** What the board does not know yet. */
  unsent: TargetOutcome[]
  exchangedAt: number
  /** When it was decided to tell others; `-Infinity` where nothing is due. */
  tellsSince: number
}

/** How old what is known may become, ms: where a request wants to know, and where there is news for others. */
const freshMs = 3000
const goodNewsMs = 2000
const badNewsMs = 250

/** A request waits for the board no longer than this, ms; then what is known here decides. */
const mostClaimMs = 250

/** While the board cannot be reached, the latest outcomes wait for it. */
const mostUnsent = 500
const mostOrgs = 1000

/** An isolate's view of a board: read from memory, exchanged in the background. */
export function createHealth({ board, now }: HealthOptions): Health {
  const orgs = new Map<string, Known>()
  const knownOf = (orgId: string): Known => orgs.get(orgId) ?? begin(orgs, orgId)

  const exchange = async (orgId: string, known: Known): Promise<void> => {
    const sent = known.unsent
    known.unsent = []
    try {
      const states = await board.exchange(orgId, sent)
      known.states = new Map(Object.entries(states))
      for (const seen of known.unsent) apply(known, seen)
    } catch {
      // The board is down or away: what is known here goes on counting.
      known.unsent = [...sent, ...known.unsent].slice(-mostUnsent)
    }
  }

  const exchangeAfter = (ms: number, { orgId, background }: HealthScope): void => {
    const known = knownOf(orgId)
    if (now() - known.exchangedAt < ms) return
    known.exchangedAt = now()
    background(exchange(orgId, known))
  }

  /** Soon, but no more often: what fails now may be all that is seen of a target for a while. */
  const tellSoon = ({ orgId, background }: HealthScope): void => {
    const known = knownOf(orgId)
    // One that is due for longer ended with its request.
    if (now() - known.tellsSince < freshMs) return
    known.tellsSince = now()
    const send = (): Promise<void> => {
      known.exchangedAt = now()
      known.tellsSince = -Infinity
      return exchange(orgId, known)
    }
    background(new Promise((resolve) => setTimeout(resolve, badNewsMs)).then(send))
  }

  return {
    read: async (orgId) => {
      const states = Object.entries(await board.exchange(orgId, []))
      return new Map(states.map(([target, state]) => [target, judgeHealth(state, now())]))
    },
    judge: (orgId, target) => judgeHealth(orgs.get(orgId)?.states.get(target), now()),
    refresh: (scope) => exchangeAfter(freshMs, scope),
    observe: (seen, scope) => {
      const known = knownOf(scope.orgId)
      apply(known, seen)
      known.unsent.push(seen)
      if (known.unsent.length > mostUnsent) known.unsent.shift()
      if (seen.outcome.ok) exchangeAfter(goodNewsMs, scope)
      else tellSoon(scope)
    },
    claimProbe: async (orgId, target) => {
      // Of many requests here one asks, also where the board knows less than this isolate.
      const here = claimHere(knownOf(orgId), target, now())
      if (!here.granted) return here
      try {
        return await inTime(board.claimProbe(orgId, target), mostClaimMs)
      } catch {
        return here
      }
    },
  }
}

/** Rejects when the time is over. */
function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`There was no answer within ${ms} ms.`)), ms)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}

function begin(orgs: Map<string, Known>, orgId: string): Known {
  const [oldest] = orgs.keys()
  if (orgs.size >= mostOrgs && oldest !== undefined) orgs.delete(oldest)
  const known: Known = { states: new Map(), unsent: [], exchangedAt: -Infinity, tellsSince: -Infinity }
  orgs.set(orgId, known)
  return known
}

function apply({ states }: Known, { target, outcome }: TargetOutcome): void {
  states.set(target, observe(states.get(target), outcome))
}

function claimHere(known: Known, target: string, at: number): ProbeAnswer {
  const state = known.states.get(target)
  if (!state) return { granted: true, probedAt: at }
  const claim = claimProbe(state, at)
  known.states.set(target, claim.state)
  return { granted: claim.granted, probedAt: at }
}
