import * as z from 'zod'
import { fallbackRulesSchema, routingSettingsSchema } from './routing-settings-schema.ts'

/** No audit row has it. */
const secret = z.string().min(1).max(4000).meta({ writeOnly: true })

/** What a gateway can be set to, as it is stored and as the control plane takes it. */
export const gatewaySettingsSchema = z.object({
  retry_max_attempts: z.number().int().min(1).max(5).optional(),
  retry_delay: z.number().int().min(0).max(5000).optional(),
  retry_backoff: z.enum(['constant', 'linear', 'exponential']).optional(),
  collect_logs: z.boolean().optional(),
  collect_log_payload: z.boolean().optional(),
  rate_limiting_limit: z.number().int().min(0).nullable().optional(),
  rate_limiting_interval: z.number().int().min(0).nullable().optional(),
  rate_limiting_technique: z.enum(['fixed', 'sliding']).nullable().optional(),
  free_fallback: z.boolean().optional(),
  on_client_gone: z.enum(['drain', 'cancel']).optional(),
  on_stream_error: z.enum(['error', 'continue']).optional(),
  neurons_past_limit: z.enum(['paid', 'error']).optional(),
  cache_ttl: z.number().int().min(0).max(2_592_000).nullable().optional(),
  semantic_cache: z
    .strictObject({ threshold: z.number().min(0.85).max(1).optional() })
    .nullable()
    .optional(),
  cache_invalidate_on_update: z.boolean().optional(),
  cloudflare: z.record(z.string(), z.unknown()).optional(),
  otel: z
    .array(
      z.strictObject({
        url: z.url().max(2000),
        headers: z.record(z.string().regex(/^[\w-]{1,64}$/), secret).optional(),
        authorization: secret.optional(),
        content_type: z.literal('json', 'must be "json": OTLP is sent as JSON alone').optional(),
      }),
    )
    .max(5)
    .readonly()
    .nullable()
    .optional(),
  logpush: z.boolean().optional(),
  routing: routingSettingsSchema.optional(),
  fallbacks: fallbackRulesSchema.optional(),
})
