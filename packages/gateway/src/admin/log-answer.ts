import type { Usage } from '@gw/catalog'
import { errorTypes } from '@gw/headers'
import * as z from 'zod'
import type { RoutingRecord } from '../logs/routing-record.ts'

const errorType = z.enum(errorTypes).nullable()
const keySource = z.enum(['request', 'user', 'org', 'system_tier', 'system', 'environment', 'free', 'none']).nullable()
const usageSource = z.enum(['reported', 'estimated', 'cached', 'free_failed'])
/** Tokens in disjoint classes. */
const usage = z.custom<Usage>()

const attemptAnswer = z.object({
  attempt: z.number(),
  step: z.number(),
  provider: z.string(),
  model: z.string().nullable(),
  status_code: z.number().nullable(),
  error_type: errorType,
  error_code: z.string().nullable(),
  key_source: keySource,
  provider_key_id: z.string().nullable(),
  usage,
  usage_source: usageSource,
  cost_nano_usd: z.number().nullable(),
  started_at: z.number(),
  duration_ms: z.number(),
})

const billLine = z.object({
  class: z.string(),
  quantity: z.number(),
  unit: z.string(),
  unit_price_nano_usd: z.number(),
  unit_price_per: z.number(),
  nano_usd: z.number(),
})

/** A row as the API shows it; the fields are those of `LogRecord`. */
export const logAnswer = z.object({
  id: z.string(),
  org_id: z.string(),
  user_id: z.string().nullable(),
  gateway_id: z.string(),
  gateway_key_id: z.string(),
  event_id: z.string(),
  created_at: z.number(),
  surface: z.string(),
  path: z.string(),
  requested_model: z.string().nullable(),
  provider: z.string().nullable(),
  model: z.string().nullable(),
  stream: z.boolean(),
  status_code: z.number(),
  success: z.boolean(),
  error_type: errorType,
  ending: z.enum(['complete', 'truncated', 'client_gone', 'upstream_error', 'rejected']),
  step: z.number(),
  cache_status: z.enum(['HIT', 'MISS']).nullable(),
  saved_nano_usd: z.number().nullable(),
  saved_ms: z.number().nullable(),
  duration_ms: z.number(),
  ttft_ms: z.number().nullable(),
  usage,
  usage_source: usageSource,
  cost_nano_usd: z.number().nullable(),
  charged_nano_usd: z.number().nullable(),
  milli_neurons: z.number().nullable(),
  bill: z.array(billLine),
  price_version: z.string().nullable(),
  key_source: keySource,
  provider_key_id: z.string().nullable(),
  unchecked: z.boolean(),
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  routing: z.custom<RoutingRecord>().nullable(),
  warnings: z.array(z.string()),
  feedback: z.union([z.literal(-1), z.literal(1)]).nullable(),
  score: z.number().nullable(),
  repriced_at: z.number().nullable(),
  previous_cost_nano_usd: z.number().nullable(),
  attempts: z.array(attemptAnswer),
})
