import type { Call } from '../load/call.ts'
import type { Load } from '../load/run-load.ts'

/** What a scenario's figure is. */
export type Figure = 'cpu-per-1000' | 'cpu-per-chunk' | 'added-p50' | 'added-first'

export const units: Readonly<Record<Figure, string>> = {
  'cpu-per-1000': 'CPU ms / 1,000 requests',
  'cpu-per-chunk': 'CPU µs / chunk',
  'added-p50': 'added µs, p50',
  'added-first': 'added ms, p50',
}

export interface Variant {
  label: string
  pid: number
  call: Call
}

/** One figure over another, with what the ratio may be at most. */
export interface Comparison {
  of: string
  to: string
  atMost?: number
}

export interface Scenario {
  id: string
  title: string
  figure: Figure
  load: Load
  /** Measured one after another in every round. Variants of one process do not follow each other. */
  variants: readonly Variant[]
  comparisons: readonly Comparison[]
}

/** True for the gateway as it is served, with its local database and queue; not for the Worker alone. */
export const isServedGateway = (label: string): boolean => label === 'gw' || label.startsWith('gw ')
