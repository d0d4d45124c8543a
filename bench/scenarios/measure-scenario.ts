import { runLoad, type Load, type LoadResult } from '../load/run-load.ts'
import { medianOf } from '../report/median-of.ts'
import { cpuMsOf } from '../targets/process-tree.ts'
import { eventsOf } from '../upstream/answers.ts'
import { isServedGateway, type Figure, type Scenario, type Variant } from './scenario.ts'

/** Lets the runtimes compile what they will run, so that the first scenario is no slower than the last. */
export async function warmUp(scenarios: readonly Scenario[]): Promise<void> {
  const [scenario] = scenarios
  for (const { call } of scenario?.variants ?? [])
    await runLoad(call, { kind: 'closed', requests: 250, concurrency: 8 })
}

/** What one variant did in one round. */
interface Turn extends LoadResult {
  cpuMs: number
}

export interface Measured {
  scenario: Scenario
  /** The scenario's figure of each variant, one value a round. */
  figures: Map<string, number[]>
  /** Requests per second and p50 ms of each variant, medians over the rounds. */
  pace: Map<string, { perSecond: number; p50Ms: number }>
  /** Rounds for which there was time. */
  rounds: number
}

export interface Effort {
  rounds: number
  /** Part of the requests that are sent. */
  share: number
  /** A scenario begins no further round after that many ms. */
  limitMs: number
}

/** How long the gateway may take to write its last rows, ms: the queue's batch timeout and a little. */
const settleMs = 1_300

/** Runs all variants in turn, round after round, so that whatever slows the machine down slows all of them. */
export async function measureScenario(scenario: Scenario, { rounds, share, limitMs }: Effort): Promise<Measured> {
  const { variants, load } = scenario
  const until = performance.now() + limitMs
  let lastRows = 0
  for (const { call } of variants) await runLoad(call, scaled(load, share / 3))

  const turns = new Map<string, Turn[]>(variants.map(({ label }) => [label, []]))
  const meter = createCpuMeter()
  for (let round = 0; round < rounds && (round === 0 || performance.now() < until); round++) {
    for (const { label, pid, call } of variants) {
      const open = meter.begin(pid)
      const turn = { ...(await runLoad(call, scaled(load, share))), cpuMs: 0 }
      turns.get(label)?.push(turn)
      open((cpuMs) => (turn.cpuMs = cpuMs))
      if (isServedGateway(label)) lastRows = performance.now()
    }
  }
  const settledIn = lastRows + settleMs - performance.now()
  if (settledIn > 0) await new Promise((resolve) => setTimeout(resolve, settledIn))
  meter.end()
  return { scenario, figures: figuresOf(scenario, turns), pace: paceOf(turns), rounds: roundsOf(turns) }
}

/**
 * CPU time of turns. A turn lasts until its process has its next one: rows that leave after the answers are part of what
 * the answers cost.
 */
function createCpuMeter() {
  const open = new Map<number, { from: number; settle: (cpuMs: number) => void }>()
  const close = (pid: number): void => {
    const turn = open.get(pid)
    if (turn) turn.settle(cpuMsOf(pid) - turn.from)
  }
  return {
    /** Ends the process's last turn and begins the next. @returns takes who wants to know its CPU time. */
    begin: (pid: number) => {
      close(pid)
      open.delete(pid)
      const from = cpuMsOf(pid)
      return (settle: (cpuMs: number) => void): void => void open.set(pid, { from, settle })
    },
    end: () => {
      for (const pid of open.keys()) close(pid)
    },
  }
}

function scaled(load: Load, share: number): Load {
  const least = load.kind === 'closed' ? load.concurrency : 20
  return { ...load, requests: Math.max(least, Math.round(load.requests * share)) }
}

function figuresOf({ figure, variants }: Scenario, turns: Map<string, Turn[]>): Map<string, number[]> {
  const direct = turns.get('direct') ?? []
  const of = ({ label, call }: Variant): number[] =>
    (turns.get(label) ?? []).map((turn, round) =>
      figureOf(figure, { turn, direct: direct[round], events: eventsOf(call.expected.script) }),
    )
  return new Map(variants.filter(({ label }) => label !== 'direct').map((variant) => [variant.label, of(variant)]))
}

interface Facts {
  turn: Turn
  /** The same round's turn without any proxy. */
  direct: Turn | undefined
  events: number
}

function figureOf(figure: Figure, { turn, direct, events }: Facts): number {
  switch (figure) {
    case 'cpu-per-1000':
      return (turn.cpuMs * 1000) / turn.requests
    case 'cpu-per-chunk':
      return (turn.cpuMs * 1000) / (turn.requests * events)
    case 'added-p50':
      return (medianOf(turn.totals) - medianOf(direct?.totals ?? [])) * 1000
    case 'added-first':
      return medianOf(turn.firsts) - medianOf(direct?.firsts ?? [])
  }
}

const roundsOf = (turns: Map<string, Turn[]>): number => Math.min(...[...turns.values()].map(({ length }) => length))

function paceOf(turns: Map<string, Turn[]>): Measured['pace'] {
  const entries = [...turns].map(([label, own]) => {
    const perSecond = medianOf(own.map(({ requests, seconds }) => requests / seconds))
    return [label, { perSecond, p50Ms: medianOf(own.map(({ totals }) => medianOf(totals))) }] as const
  })
  return new Map(entries)
}
