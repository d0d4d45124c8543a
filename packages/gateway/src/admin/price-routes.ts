import { parsePriceOverride, type PriceOverride } from '@gw/catalog'
import { GatewayError } from '@gw/headers'
import { Hono } from 'hono'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import type { OwnPrice } from '../money/price-store.ts'
import { findOrg } from './find-org.ts'
import { findProvider } from './find-provider.ts'
import { readBody } from './read-body.ts'
import { requireFound } from './require-found.ts'

const newPrice = z.strictObject({
  org_id: z.string().min(1).optional(),
  provider: z.string().min(1),
  model: z.string().trim().min(1).max(256),
  prices: z.unknown().optional(),
  from: z.number().int().min(0).default(0),
})

/** Prices of an organisation's own, in place of the catalog's. */
export function priceRoutes(deps: Deps): Hono {
  const { prices } = deps.control
  const app = new Hono()
  app.get('/prices', async (c) => {
    const { id: orgId } = await findOrg(c, deps)
    return c.json({ data: (await prices.list(orgId)).map(toPublic) })
  })
  app.post('/prices', async (c) => {
    const { org_id, provider: named, ...price } = await readBody(c, newPrice)
    const { id: orgId } = await findOrg(c, deps, org_id)
    const provider = findPriced(named, deps)
    const override = parseOverride({ ...price, id: deps.createId(), provider })
    const made: OwnPrice = { ...override, orgId, createdAt: deps.now() }
    await prices.add(made)
    deps.accounts.forget()
    return c.json(toPublic(made), 201)
  })
  app.delete('/prices/:id', async (c) => {
    const { id: orgId } = await findOrg(c, deps)
    const notThere = 'The organisation has no price of its own with this id. GET /api/prices lists them.'
    requireFound(await prices.remove(orgId, c.req.param('id')), notThere)
    deps.accounts.forget()
    return c.body(null, 204)
  })
  return app
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
