import type { JsonObject } from '@gw/adapters'
import type { Capability } from '@gw/catalog'
import { estimateUsage } from '../money/estimate-usage.ts'
import type { InboundChat } from '../plan.ts'
import { needsOf } from '../steps/needs-of.ts'
import { orGatewayError } from '../steps/or-gateway-error.ts'
import { qualityTaskOf } from './quality-task-of.ts'
import type { Measured, RoutedTask } from './routable.ts'

/** What a chat answer has where the request names no limit, tokens. */
const usualOutput = 1000

/** @throws GatewayError where the request cannot be read. */
export function measureChat({ text, request }: InboundChat): Measured {
  const asked = orGatewayError(request)
  const needs = needsOf(asked)
  return {
    needs,
    qualityTask: qualityTaskOf(needs, asked),
    inputTokens: estimateUsage(text, 0).input ?? 0,
    outputTokens: asked.max_completion_tokens ?? usualOutput,
  }
}

const capabilityOf = {
  embeddings: 'embedding',
  rerank: 'rerank',
  moderations: 'moderation',
} as const satisfies Record<Exclude<RoutedTask, 'chat'>, Capability>

export function measureTask(task: Exclude<RoutedTask, 'chat'>, body: JsonObject): Measured {
  const { input = 0 } = estimateUsage(JSON.stringify(body), 0)
  return { needs: [capabilityOf[task]], qualityTask: 'chat', inputTokens: input, outputTokens: 0 }
}
