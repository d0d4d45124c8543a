import type { JsonObject } from '@gw/adapters'
import { buildHeaders, GatewayError, type GatewayOptions } from '@gw/headers'
import * as z from 'zod'
import { parseOptions } from '../../steps/parse-options.ts'

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** `options.gateway` of `env.AI.run`: the runtime's `GatewayOptions`. */
const schema = z.object({
  id: z.string().exactOptional(),
  cacheKey: z.string().exactOptional(),
  cacheTtl: z.number().exactOptional(),
  skipCache: z.boolean().exactOptional(),
  metadata: z.record(z.string(), scalar).exactOptional(),
  collectLog: z.boolean().exactOptional(),
  eventId: z.string().exactOptional(),
  requestTimeoutMs: z.number().exactOptional(),
  retries: z
    .object({
      maxAttempts: z.number().exactOptional(),
      retryDelayMs: z.number().exactOptional(),
      backoff: z.enum(['constant', 'linear', 'exponential']).exactOptional(),
    })
    .exactOptional(),
})

/**
 * What a run's options ask of the gateway, under the rules of the headers of the same names.
 * @throws GatewayError `invalid_request`, `invalid_header` naming the field
 */
export function readRunOptions({ gateway = {} }: JsonObject): GatewayOptions {
  const parsed = schema.safeParse(gateway)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const param = ['options', 'gateway', ...(issue?.path ?? [])].join('.')
    throw new GatewayError('invalid_request', `${param}: ${issue?.message ?? 'is wrong'}.`, { detail: { param } })
  }
  const { id, ...options } = parsed.data
  return { ...parseOptions(new Headers(buildHeaders(options, { strict: false }))), ...(id && { gatewayId: id }) }
}
