import { GatewayError } from '@gw/headers'
import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { idSchema } from '../admin/id-schema.ts'
import { parse } from '../admin/parse.ts'
import { readBody } from '../admin/read-body.ts'
import type { Deps } from '../deps.ts'
import type { Gateway } from '../gateways/gateway-store.ts'
import { listed, pageSchema, success } from './envelope.ts'
import { findAccount, findAccountGateway } from './find-account.ts'
import { parseGatewayBody, toCloudflareGateway, toSettings } from './gateway-settings.ts'

const listQuery = z.object({ ...pageSchema.shape, search: z.string().optional() })
const named = z.object({ id: idSchema })

/** Gateways. @see https://developers.cloudflare.com/api/resources/ai_gateway/methods/create/ */
export function gatewayResource(deps: Deps): Hono {
  const { gateways } = deps
  const app = new Hono()
  const show = async (gateway: Gateway, account: string) =>
    toCloudflareGateway(gateway, { account, stamps: (await gateways.stamps(gateway.orgId)).get(gateway.id) })

  app.get('/', async (c) => {
    const { search = '', ...page } = parse(listQuery, c.req.query())
    const { account, orgId } = await findAccount(c, deps)
    const all = (await gateways.list(orgId)).filter(({ id }) => id.includes(search))
    const stamps = await gateways.stamps(orgId)
    const shown = all.map((gateway) => toCloudflareGateway(gateway, { account, stamps: stamps.get(gateway.id) }))
    return c.json(listed(shown, page))
  })
  app.post('/', async (c) => {
    const body = await readBody(c)
    const { id } = parse(named, body)
    const { account, orgId } = await findAccount(c, deps)
    if ((await gateways.list(orgId)).some((gateway) => gateway.id === id)) {
      throw new GatewayError('conflict', `There is a gateway "${id}" already.`)
    }
    const gateway = { orgId, id, settings: toSettings({}, parseGatewayBody(body)) }
    await gateways.save(gateway, deps.now())
    return c.json(success(await show(gateway, account)))
  })
  app.get('/:gateway', async (c) => {
    const { account, gateway } = await findAccountGateway(c, deps)
    return c.json(success(await show(gateway, account)))
  })
  app.put('/:gateway', async (c) => {
    const body = parseGatewayBody(await readBody(c))
    const { account, orgId, gateway } = await findAccountGateway(c, deps)
    const { settings } = gateway
    const changed = { orgId, id: gateway.id, settings: toSettings(settings, body) }
    await gateways.save(changed, deps.now())
    if (settings.cache_invalidate_on_update || body.cache_invalidate_on_update) {
      await gateways.purge(orgId, gateway.id, deps.now())
    }
    return c.json(success(await show(changed, account)))
  })
  app.delete('/:gateway', async (c) => {
    const { account, orgId, gateway } = await findAccountGateway(c, deps)
    if (gateway.id === 'default') {
      throw new GatewayError('conflict', 'The gateway "default" stays: requests that name none use it.')
    }
    const shown = await show(gateway, account)
    await gateways.remove(orgId, gateway.id)
    return c.json(success(shown))
  })
  app.get('/:gateway/url/:provider', async (c) => c.json(success(await urlOf(c, deps))))
  return app
}

async function urlOf(c: Context, deps: Deps): Promise<string> {
  const { account, gateway } = await findAccountGateway(c, deps)
  const provider = c.req.param('provider') ?? ''
  const { origin } = new URL(c.req.url)
  return `${deps.publicUrl ?? origin}/v1/${account}/${gateway.id}/${provider === 'universal' ? '' : provider}`
}
