/** A made-up model at a made-up provider: what the router is told of it, and how it really is. */
export interface Target {
  provider: string
  model: string
  capabilities: readonly string[]
  /** The priors, which need not be right. */
  quality: number
  speed: number
  /** Tokens; the router isn't told where `hidesWindow`. */
  contextWindow: number
  hidesWindow?: boolean
  /** USD per million tokens. */
  input: number
  output: number
  /** Typical milliseconds to the first output, and tokens per second after it. */
  ttftMs: number
  tokensPerSecond: number
  /** Share of calls that fail on a good day. */
  failing: number
  /** Calls per minute; the next ones are refused. */
  limit?: number
  /** A refusal says when to come back. */
  saysWhen?: boolean
  events: readonly DayEvent[]
}

/** What changes from one hour of the day to another. */
interface DayEvent {
  /** Hours since midnight. */
  from: number
  to: number
  /** Share of calls that fail. */
  failing?: number
  /** Times as slow. */
  slower?: number
  /** Times as expensive. */
  dearer?: number
  /** Calls per minute. */
  limit?: number
}
