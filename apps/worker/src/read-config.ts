import { openaiCompatible, type Provider } from '@gw/adapters'
import * as z from 'zod'
import type { Env } from './env.ts'

const upstreams = z.record(z.string(), z.string())
const providers = z.array(
  z.object({
    id: z.string(),
    baseURL: z.url(),
    keyless: z.boolean().default(false),
    aliases: z.array(z.string()).default([]),
    pricedAs: z.string().optional(),
  }),
)

/** The OpenAI-compatible providers of `GW_PROVIDERS`. @throws Error naming the variable and the mistake. */
export function readProviders({ GW_PROVIDERS: text }: Env): Provider[] {
  if (!text) return []
  return parseVariable('GW_PROVIDERS', text, providers).map(({ pricedAs, ...provider }) =>
    openaiCompatible({ ...provider, ...(pricedAs !== undefined && { pricedAs }) }),
  )
}

/**
 * A function that sends each provider's requests to the origin that `GW_UPSTREAMS` names for it, path and query kept.
 * @throws Error naming the variable and the mistake.
 */
export function readUpstreamRewrite({ GW_UPSTREAMS: text }: Env): ((providerId: string, url: URL) => URL) | undefined {
  if (!text) return undefined
  const targets = parseVariable('GW_UPSTREAMS', text, upstreams)
  return (providerId, url) => {
    const target = targets[providerId] ?? targets['*']
    if (target === undefined) return url
    const base = target.replaceAll('{provider}', providerId).replace(/\/+$/, '')
    return new URL(base + url.pathname + url.search)
  }
}

/** What fills the placeholders of upstream URLs; `unnamed` stands in for accounts that nobody named. */
export function readVariables(env: Env, unnamed: string): Record<string, string> {
  const location = env.GOOGLE_VERTEX_LOCATION ?? env.GOOGLE_CLOUD_LOCATION
  const region = env.AWS_REGION ?? env.AWS_DEFAULT_REGION
  return {
    account: env.CLOUDFLARE_ACCOUNT_ID ?? unnamed,
    project: env.GOOGLE_VERTEX_PROJECT ?? env.GOOGLE_CLOUD_PROJECT ?? unnamed,
    ...(location && { location }),
    ...(region && { region }),
  }
}

/**
 * What Cloudflare gives away a day.
 * @see https://developers.cloudflare.com/workers-ai/platform/pricing/
 */
const freeNeurons = 10_000

/** The free neurons of Workers AI that may be used a day. @throws Error naming the variable and the mistake. */
export function readNeuronsPerDay({ GW_NEURONS_PER_DAY: text }: Pick<Env, 'GW_NEURONS_PER_DAY'>): number {
  const neurons = Number(text || freeNeurons)
  if (Number.isInteger(neurons) && neurons >= 0 && neurons <= 1_000_000_000) return neurons
  throw new Error(`GW_NEURONS_PER_DAY is not valid: it must be a whole number from 0 to 1000000000, not "${text}".`)
}

const usualRetentionDays = '30'

/** How many days rows of requests are kept; 0 keeps them. @throws Error naming the variable and the mistake. */
export function readLogRetentionDays({ GW_LOG_RETENTION_DAYS: text }: Pick<Env, 'GW_LOG_RETENTION_DAYS'>): number {
  const days = Number(text || usualRetentionDays)
  if (Number.isInteger(days) && days >= 0 && days <= 3650) return days
  throw new Error(`GW_LOG_RETENTION_DAYS is not valid: it must be a whole number from 0 to 3650, not "${text}".`)
}

/** As long as Cloudflare's own runs. */
const defaultRunTtl = 360

/** How long a run is kept after its end, ms. @throws Error naming the variable and the mistake. */
export function readRunTtlMs({ GW_RUN_TTL_SECONDS: text }: Pick<Env, 'GW_RUN_TTL_SECONDS'>): number {
  return 1000 * readSeconds('GW_RUN_TTL_SECONDS', text, { usual: defaultRunTtl, most: 86_400 })
}

/** As long as OpenAI's own responses: 30 days. */
const defaultResponseTtl = 2_592_000

/** How long a response is kept, ms. @throws Error naming the variable and the mistake. */
export function readResponseTtlMs({ GW_RESPONSE_TTL_SECONDS: text }: Pick<Env, 'GW_RESPONSE_TTL_SECONDS'>): number {
  return 1000 * readSeconds('GW_RESPONSE_TTL_SECONDS', text, { usual: defaultResponseTtl, most: 31_536_000 })
}

function readSeconds(name: string, text: string | undefined, { usual, most }: { usual: number; most: number }): number {
  const seconds = Number(text || usual)
  if (seconds > 0 && seconds <= most) return seconds
  throw new Error(`${name} is not valid: it must be a number of seconds from 1 to ${most}, not "${text}".`)
}

function parseVariable<T extends z.ZodType>(name: string, text: string, schema: T): z.output<T> {
  try {
    return schema.parse(JSON.parse(text))
  } catch (cause) {
    throw new Error(`${name} is not valid: ${cause instanceof z.ZodError ? z.prettifyError(cause) : 'it is no JSON'}`, {
      cause,
    })
  }
}
