import type { AnyModel } from './model-types.ts'
import type { Answer } from './read-answer.ts'
import type { AnySettings } from './settings.ts'
import type { RunningLeg } from './start-leg.ts'
import type { Transport } from './transport.ts'

/** A call under way. */
export interface Run {
  transport: Transport
  settings: AnySettings
  /** The model's method. */
  method: string
  /** Its argument, as models see it. */
  options: object
  signal: AbortSignal | undefined
  /** To which provider each credential went that the call itself has in its headers. */
  owners: Map<string, string>
}

/** A model at work, with its place in the list. */
export interface Step extends RunningLeg {
  model: AnyModel
  /** Its place in the list. */
  index: number
}

/** The answer, and whose request it answers. */
export interface Won extends Answer {
  winner: Step
  /** Provider in the gateway's words. */
  provider: string
}
