import type { ChatUsage, ProviderError } from '@gw/adapters'
import type { Units } from '../money/read-units.ts'

/** Looks at an upstream body while it passes, and says what the caller gets for it. */
export interface Tap {
  /** What the caller gets for these bytes; `undefined` for nothing. */
  push(bytes: Uint8Array): Uint8Array | undefined
  /** What the caller gets after the upstream closed, or was given up. */
  end(how: 'closed' | 'cut'): Uint8Array | undefined
  /** What the caller gets when the upstream broke off; with `undefined`, its body breaks off too. */
  fail(error: ProviderError): Uint8Array | undefined
  /** The caller has its closing events: what the upstream may still say is not for it. */
  isClosed?(): boolean
  readonly seen: Readonly<Seen>
}

/** What a tap has seen so far. */
export interface Seen {
  /** Real output has arrived: there is no way back to another target. */
  hasOutput: boolean
  /** The body is complete. */
  isFinished: boolean
  /** The provider reported an error in the body. */
  error: ProviderError | undefined
  usage: ChatUsage | undefined
  /** What was used in other units than the tokens of a chat. */
  units: Units | undefined
  /** The model that says to have answered. */
  model: string | undefined
  /** Characters of output, for an estimate where the provider reports no usage. */
  outputCharacters: number
}

export function nothingSeen(): Seen {
  return {
    hasOutput: false,
    isFinished: false,
    error: undefined,
    usage: undefined,
    units: undefined,
    model: undefined,
    outputCharacters: 0,
  }
}
