import type { HealthVerdict } from '../health/health-verdict.ts'

/** A target that could be called, with all that is known of it. Its id is `provider/model`, and unique in a list. */
export interface Candidate {
  provider: string
  model: string
  /** Who made the model, where that is not the provider: an OpenAI model at Azure. */
  vendor?: string
  capabilities: readonly string[]
  /** Tokens of input and output together; absent where unknown. */
  contextWindow?: number
  /** Most output tokens of one answer; absent where unknown. */
  maxOutput?: number
  /** Quality prior of 0–10, for the task at hand. */
  quality?: number
  /** Speed prior of 0–10. */
  speed?: number
  /** USD per million tokens, three of input to one of output. Absent: unknown. 0: free. */
  usdPerMillion?: number
  /** What the host knows against it; any of them makes it ineligible. */
  obstacles?: readonly Obstacle[]
  /** From `judgeHealth`; absent is the same as unknown. */
  health?: HealthVerdict
  /** Where it runs, such as `eu` or `us-east-1`; absent where unknown. */
  region?: string
  /** The provider keeps neither prompts nor answers; absent where unknown. */
  zeroRetention?: boolean
}

/** What a host can know against a target that the router can't see. */
export type Obstacle =
  | 'no_key'
  | 'budget'
  | 'neurons'
  | 'scope'
  | 'tier'
  | 'unsupported'
  | 'paid_plan'
  | 'withdrawn'
  | 'disabled'
