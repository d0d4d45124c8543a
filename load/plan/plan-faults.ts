import type { Random } from './create-random.ts'

interface FaultChoice {
  weight: number
  fault: string
  /** Another attempt can mend it. */
  isRetried?: boolean
  /** The first byte never comes, so the request has to give a time. */
  needsTimeout?: boolean
}

/** What providers do wrong. `reset` is the simulator's `refuse`: that word alone would make it refuse in the answer. */
const choices: readonly [FaultChoice, ...FaultChoice[]] = [
  { weight: 14, fault: '429', isRetried: true },
  { weight: 3, fault: '429:1', isRetried: true },
  { weight: 14, fault: '500', isRetried: true },
  { weight: 6, fault: '503', isRetried: true },
  { weight: 4, fault: 'reset', isRetried: true },
  { weight: 3, fault: 'html-502', isRetried: true },
  { weight: 2, fault: 'stall-first', needsTimeout: true },
  { weight: 8, fault: 'no-usage' },
  { weight: 3, fault: 'zero-usage' },
  { weight: 5, fault: 'error-frame' },
  { weight: 5, fault: 'preamble-error' },
  { weight: 8, fault: 'cut:3' },
  { weight: 4, fault: 'malformed:2' },
  { weight: 4, fault: 'no-terminal' },
  { weight: 6, fault: 'slow:20' },
  { weight: 3, fault: 'split:7' },
  { weight: 3, fault: 'crlf+comments' },
  { weight: 3, fault: 'content-filter' },
  { weight: 2, fault: 'context-length' },
]

export interface PlannedFaults {
  faults: readonly string[]
  needsTimeout: boolean
}

/** What one target does at each of so many attempts; mostly nothing. */
export function planFaults(random: Random, attempts: number): PlannedFaults {
  if (!random.chance(faultShare)) return { faults: [], needsTimeout: false }
  const { fault, isRetried = false, needsTimeout = false } = random.weighted(choices)
  const times = isRetried ? random.between(1, attempts) : 1
  return { faults: Array.from({ length: times }, () => fault), needsTimeout }
}

const faultShare = 0.22
