import { parsePriceOverride, type PriceOverride } from '@gw/catalog'
import { GatewayError } from '@gw/headers'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import type { OwnPrice } from '../money/price-store.ts'
import { listSchema, pageFields, toPage } from './api/list-schema.ts'
import { operation } from './api/operation.ts'
import { findProvider } from './find-provider.ts'
import { requireFound } from './require-found.ts'

const tag = 'Prices'
const priceAnswer = z.object({
  id: z.string(),
  org_id: z.string(),
  provider: z.string(),
  model: z.string(),
  prices: z.custom<PriceOverride['prices']>(),
  from: z.number(),
  created_at: z.number(),
})

/** Prices of an organisation's own, in place of the catalog's. */
export function priceOperations(deps: Deps) {
  const { prices } = deps.control
  return [
    operation(
      {
        method: 'GET',
        path: '/prices',
        tag,
        access: 'viewer',
        summary: 'Own prices.',
        query: z.strictObject(pageFields),
        answer: listSchema(priceAnswer),
      },
      async ({ org, query }) => toPage((await prices.list(org.id)).map(toPublic), { ...query, keyOf: ({ id }) => id }),
    ),
    operation(
      {
        method: 'POST',
        path: '/prices',
        tag,
        access: 'admin',
        summary: 'Sets an own price of a model, from a time on.',
        body: z.strictObject({
          provider: z.string().min(1),
          model: z.string().trim().min(1).max(256),
          prices: z.unknown().optional(),
          from: z.number().int().min(0).default(0),
        }),
        answer: priceAnswer,
        status: 201,
      },
      async ({ org, body: { provider: named, ...price } }) => {
        const provider = findPriced(named, deps)
        const override = parseOverride({ ...price, id: deps.createId(), provider })
        const made: OwnPrice = { ...override, orgId: org.id, createdAt: deps.now() }
        await prices.add(made)
        deps.accounts.forget()
        return toPublic(made)
      },
    ),
    operation(
      {
        method: 'DELETE',
        path: '/prices/:id',
        tag,
        access: 'admin',
        summary: 'Removes an own price.',
        answer: undefined,
      },
      async ({ org, params }) => {
        const notThere = 'The organisation has no price of its own with this id. GET /api/prices lists them.'
        requireFound(await prices.remove(org.id, params.id), notThere)
        deps.accounts.forget()
      },
    ),
  ] as const
}

/** Who is priced as another provider has no prices of its own. */
function findPriced(name: string, deps: Deps): string {
  const { id, pricedAs } = findProvider(name, deps)
  if (pricedAs === undefined || pricedAs === id) return id
  throw new GatewayError(
    'invalid_request',
    `provider: "${id}" has the prices of "${pricedAs}" (\`pricedAs\`). Set the price of "${pricedAs}", which holds for both.`,
    { detail: { param: 'provider' } },
  )
}

function parseOverride(value: unknown): PriceOverride {
  try {
    return parsePriceOverride(value)
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : 'The price is wrong.'
    throw new GatewayError('invalid_request', message, { cause, detail: { param: 'prices' } })
  }
}

function toPublic({ id, orgId, provider, model, prices, from = 0, createdAt }: OwnPrice) {
  return { id, org_id: orgId, provider, model, prices, from, created_at: createdAt }
}
