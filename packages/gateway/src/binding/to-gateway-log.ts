import type { LogRecord } from '../logs/log-record.ts'

/**
 * A row in Cloudflare's shape.
 * @see https://developers.cloudflare.com/ai-gateway/integrations/worker-binding-methods/
 */
export function toGatewayLog(row: LogRecord) {
  const { output = 0, reasoning = 0, output_audio = 0, output_image = 0, ...inputs } = row.usage
  return {
    id: row.id,
    event_id: row.event_id,
    created_at: new Date(row.created_at).toISOString(),
    provider: row.provider ?? '',
    model: row.model ?? row.requested_model ?? '',
    path: row.path,
    duration: row.duration_ms,
    status_code: row.status_code,
    success: row.success,
    cached: row.cache_status === 'HIT',
    tokens_in: Object.values(inputs).reduce((sum, tokens) => sum + tokens, 0),
    tokens_out: output + reasoning + output_audio + output_image,
    step: row.step,
    cost: row.cost_nano_usd === null ? null : row.cost_nano_usd / 1e9,
    custom_cost: row.price_version === 'custom',
    metadata: row.metadata,
    feedback: row.feedback,
    score: row.score,
  }
}
