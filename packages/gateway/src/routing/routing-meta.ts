import type { ResponseMeta } from '@gw/headers'
import type { Answer } from '../answer.ts'
import type { RoutingRecord } from '../logs/routing-record.ts'

/**
 * What the headers of an answer say of a choice, as Cloudflare's router says it.
 * @see https://developers.cloudflare.com/ai-gateway/features/auto-router/
 */
export function routingMeta(
  record: RoutingRecord | undefined,
  { leg: { provider, model } }: Pick<Answer, 'leg'>,
  decisionId: string,
): Pick<ResponseMeta, 'routedModel' | 'routingReason' | 'routingDecisionId'> {
  if (record?.strategy === undefined) return {}
  return {
    routedModel: `${provider.id}/${model ?? ''}`,
    routingReason: reasonOf(record),
    routingDecisionId: decisionId,
  }
}

function reasonOf({ strategy, reason, candidates, fallbacks = [] }: RoutingRecord): string {
  const last = fallbacks.at(-1)
  if (last) return `fallback_${last.error_type}`
  if (reason === 'sticky') return 'pinned_by_session'
  if (candidates === 1) return 'forced_by_candidate_pool'
  return strategy === 'cheapest' ? 'cost_optimal_within_pool' : `${strategy}_optimal_within_pool`
}
