import type { WorkersAIGatewayError } from './workers-ai-gateway-error.ts'

/** One model of a fallback chain that was tried. */
export interface FallbackAttempt {
  /** Its slug. */
  model: string
  transport: 'run' | 'gateway'
  ok: boolean
  status?: number | null
  error?: WorkersAIGatewayError
}

/** No model of a fallback chain answered; `attempts` says why, in the order of trying. */
export class WorkersAIFallbackError extends Error {
  override readonly name = 'WorkersAIFallbackError'
  readonly attempts: FallbackAttempt[]

  constructor(attempts: FallbackAttempt[], message?: string) {
    const tried = attempts.map(({ model }) => model).join(' → ')
    const last = attempts.findLast(({ error }) => error)?.error
    super(message ?? `All fallback models failed: ${tried}.`, { cause: last })
    this.attempts = attempts
  }

  /** Why the last model that was tried failed. */
  get lastError(): WorkersAIGatewayError | undefined {
    return this.attempts.findLast(({ error }) => error)?.error
  }
}
