import { inDefaultPool, listModels, qualityOf, type Capability, type Model } from '@gw/catalog'
import type { HealthVerdict } from '@gw/router'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { listSchema, pageFields, toPage } from './api/list-schema.ts'
import { operation } from './api/operation.ts'
import { healthAnswer, toPublicHealth } from './to-public-health.ts'

const tag = 'Models'
const usd = z.number().nullable()

const modelAnswer = z.object({
  /** `provider/model`, as callers name it. */
  id: z.string(),
  provider: z.string(),
  model: z.string(),
  capabilities: z.array(z.string()),
  /** Tokens of input and output together. */
  context_window: z.number().nullable(),
  max_output: z.number().nullable(),
  input_per_million_usd: usd,
  output_per_million_usd: usd,
  cache_read_per_million_usd: usd,
  cache_write_per_million_usd: usd,
  /** How good it is taken to be at chats, 0–10, and whose judgement that is. */
  quality: z.object({ value: z.number(), tier: z.number(), source: z.string() }).nullable(),
  /** How fast: tokens per second where they are measured, else a prior of 0–10. */
  speed: z.object({ from: z.enum(['measured', 'prior']), value: z.number() }).nullable(),
  in_default_pool: z.boolean(),
  /** Live; `null` where nothing is known. */
  health: healthAnswer.nullable(),
})

const providerAnswer = z.object({
  id: z.string(),
  aliases: z.array(z.string()),
  keyless: z.boolean(),
  /** Environment variables that may hold its key. */
  env_keys: z.array(z.string()),
})

/** What there is to call. */
export function modelOperations(deps: Deps) {
  return [
    operation(
      {
        method: 'GET',
        path: '/models',
        tag,
        access: 'viewer',
        summary: "The catalog's models of this gateway's providers: prices, capabilities, quality, speed, health.",
        query: z.strictObject({
          provider: z.string().optional(),
          search: z.string().max(200).optional(),
          capability: z.string().optional(),
          ...pageFields,
        }),
        answer: listSchema(modelAnswer),
      },
      async ({ org, query: { provider, search = '', capability, ...page } }) => {
        const health = await deps.health.read(org.id).catch(() => new Map<string, HealthVerdict>())
        const words = search.toLowerCase().split(/\s+/)
        const all = deps.providers.list
          .filter(({ id }) => provider === undefined || id === provider)
          .flatMap(({ id }) => listModels(deps.now(), id))
          .filter((model) => capability === undefined || can(model, capability))
          .map((model) => toPublic(model, health))
          .filter(({ id }) => words.every((word) => id.toLowerCase().includes(word)))
        return toPage(all, { ...page, keyOf: ({ id }) => id })
      },
    ),
    operation(
      {
        method: 'GET',
        path: '/providers',
        tag,
        access: 'signed_in',
        summary: 'Providers of this gateway.',
        query: z.strictObject(pageFields),
        answer: listSchema(providerAnswer),
      },
      async ({ query }) => {
        const all = deps.providers.list.map(({ id, aliases = [], keyless = false, envKeys }) => ({
          id,
          aliases: [...aliases],
          keyless,
          env_keys: [...envKeys],
        }))
        return toPage(
          all.toSorted((one, other) => (one.id < other.id ? -1 : 1)),
          { ...query, keyOf: ({ id }) => id },
        )
      },
    ),
  ] as const
}

function can({ capabilities }: Model, capability: string): boolean {
  return capabilities.some((one: Capability) => one === capability)
}

function toPublic(found: Model, health: ReadonlyMap<string, HealthVerdict>) {
  const { provider, model, capabilities, contextWindow, maxOutput } = found
  const id = `${provider}/${model}`
  const verdict = health.get(id)
  const quality = qualityOf(model, 'chat')
  return {
    id,
    provider,
    model,
    capabilities: [...capabilities],
    context_window: contextWindow ?? null,
    max_output: maxOutput ?? null,
    input_per_million_usd: found.inputPerMillionUsd ?? null,
    output_per_million_usd: found.outputPerMillionUsd ?? null,
    cache_read_per_million_usd: found.cacheReadPerMillionUsd ?? null,
    cache_write_per_million_usd: found.cacheWritePerMillionUsd ?? null,
    quality: quality ? { value: quality.quality, tier: quality.tier, source: quality.source } : null,
    speed: speedOf(found, verdict),
    in_default_pool: inDefaultPool(found),
    health: verdict ? toPublicHealth([id, verdict]) : null,
  }
}

function speedOf({ speed }: Model, verdict: HealthVerdict | undefined) {
  if (verdict?.tokensPerSecond !== undefined) return { from: 'measured' as const, value: verdict.tokensPerSecond }
  return speed === undefined ? null : { from: 'prior' as const, value: speed }
}
