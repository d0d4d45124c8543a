import { GatewayError } from '@gw/headers'
import * as z from 'zod'
import type { Gateway, GatewaySettings } from '../gateways/gateway-store.ts'
import { timeOf } from './envelope.ts'

const count = z.number().int().min(0).nullable()

/** What both sides mean the same by; a PUT replaces all of it. */
const shared = z.object({
  cache_invalidate_on_update: z.boolean(),
  cache_ttl: count,
  collect_logs: z.boolean(),
  rate_limiting_interval: count,
  rate_limiting_limit: count,
  rate_limiting_technique: z.enum(['fixed', 'sliding']).nullish(),
  retry_max_attempts: z.number().int().min(1).max(5).nullish(),
  retry_delay: z.number().int().min(0).max(5000).nullish(),
  retry_backoff: z.enum(['constant', 'linear', 'exponential']).nullish(),
  logpush: z.boolean().nullish(),
})

/** What is kept and given back, and changes nothing here. */
const kept = z.object({
  authentication: z.boolean().optional(),
  log_management: z.number().int().min(10_000).max(10_000_000).nullish(),
  log_management_strategy: z.enum(['STOP_INSERTING', 'DELETE_OLDEST']).nullish(),
  logpush_public_key: z.string().min(16).max(1024).nullish(),
  store_id: z.string().nullish(),
  workers_ai_billing_mode: z.enum(['postpaid', 'unified']).optional(),
  log_classification: z.boolean().nullish(),
})

const off = z.union([z.literal(false), z.null()]).optional()
const disabled = z.looseObject({ enabled: z.literal(false) })

/** What gw does not do in this way: taken where it is off, and refused where somebody would rely on it. */
const refused = z.object({
  zdr: off,
  byok_only: off,
  dlp: z.union([disabled, z.null()]).optional(),
  guardrails: z.null().optional(),
  spend_limits: z.union([disabled, z.null()]).optional(),
  stripe: z.null().optional(),
})

const otel = z
  .array(
    z.object({
      url: z.url(),
      headers: z.record(z.string(), z.string()).optional(),
      authorization: z.string().nullish(),
      content_type: z.enum(['json', 'protobuf']).optional(),
    }),
  )
  .nullish()

/** The body of a POST or PUT, without the id. */
export const gatewayBody = z.object({ ...shared.shape, ...kept.shape, ...refused.shape, otel })

export type GatewayBody = z.output<typeof gatewayBody>

const instead: Readonly<Record<string, string>> = {
  zdr: 'Use routing.constraints.zero_retention of PUT /api/gateways/{id}.',
  byok_only: 'Store no provider keys of the operator instead.',
  dlp: 'gw has no data loss prevention.',
  guardrails: 'gw has no guardrails yet.',
  spend_limits: 'Use POST /api/budgets.',
  stripe: 'gw has no billing to Stripe.',
  otel: 'Set `otel` with PUT /api/gateways/{id}.',
}

/** @throws GatewayError `invalid_request` that says what to use instead of what gw does not do */
export function parseGatewayBody(body: unknown): GatewayBody {
  const parsed = gatewayBody.safeParse(body)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const param = issue?.path.join('.') ?? ''
  const hint = instead[String(issue?.path[0] ?? '')]
  const why = hint === undefined ? `${issue?.message ?? 'is wrong'}.` : `gw does not take this. ${hint}`
  throw new GatewayError('invalid_request', `${param || 'The body'}: ${why}`, { detail: { param } })
}

/** Settings after a PUT: what Cloudflare's API does not know stays. */
export function toSettings(before: GatewaySettings, body: GatewayBody): GatewaySettings {
  const names = Object.keys(shared.shape)
  const others = Object.fromEntries(Object.entries(before).filter(([name]) => !names.includes(name)))
  const said = Object.entries(shared.parse(body)).filter(([, value]) => value !== undefined && value !== null)
  return { ...others, ...Object.fromEntries(said), cloudflare: kept.parse(body) }
}

/** A gateway as Cloudflare shows it. */
export function toCloudflareGateway(
  { id, settings }: Gateway,
  { account, stamps }: { account: string; stamps: { createdAt: number; modifiedAt: number } | undefined },
) {
  return {
    id,
    account_id: account,
    account_tag: account,
    internal_id: id,
    cache_invalidate_on_update: settings.cache_invalidate_on_update ?? false,
    cache_ttl: settings.cache_ttl ?? null,
    collect_logs: settings.collect_logs ?? true,
    rate_limiting_interval: settings.rate_limiting_interval ?? null,
    rate_limiting_limit: settings.rate_limiting_limit ?? null,
    rate_limiting_technique: settings.rate_limiting_technique ?? 'fixed',
    retry_max_attempts: settings.retry_max_attempts ?? null,
    retry_delay: settings.retry_delay ?? null,
    retry_backoff: settings.retry_backoff ?? null,
    authentication: true,
    log_management: null,
    log_management_strategy: null,
    logpush: false,
    logpush_public_key: null,
    store_id: null,
    workers_ai_billing_mode: 'postpaid',
    zdr: false,
    otel: [],
    ...settings.cloudflare,
    is_default: id === 'default',
    created_at: timeOf(stamps?.createdAt ?? 0),
    modified_at: timeOf(stamps?.modifiedAt ?? 0),
  }
}
