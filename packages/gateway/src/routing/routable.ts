import type { JsonObject } from '@gw/adapters'
import type { Capability, QualityTask } from '@gw/catalog'
import type { UpstreamLeg } from '../plan.ts'

/** What a request is for; a strategy chooses among the models that can do it. */
export type RoutedTask = 'chat' | 'embeddings' | 'rerank' | 'moderations'

/** A request on a unified surface, before it is known which model gets it. */
export interface Routable {
  task: RoutedTask
  /** The model as the caller named it. */
  model: string | undefined
  /** The body as the caller sent it. */
  body: JsonObject
  /** What of it says what a target must keep to. */
  constraints: unknown
  /** What the request asks of a model. @throws GatewayError where it cannot be read */
  measure(): Measured
  /** A leg for a model, in the words of the surface. @throws GatewayError where the model leads nowhere */
  legFor(model: string, change?: LegChange): UpstreamLeg
}

/** How much a request is, and what it needs. */
export interface Measured {
  needs: readonly Capability[]
  /** By which quality a model is chosen. */
  qualityTask: QualityTask
  /** Estimate. */
  inputTokens: number
  /** What the request allows, else an estimate. */
  outputTokens: number
}

export interface LegChange {
  /** The caller did not name this model, so a secret of theirs is not for it. */
  isChosen?: boolean
  /** Ms to the first byte. */
  requestTimeoutMs?: number
  /** Attempts in all, 1 or more. */
  maxAttempts?: number
}
