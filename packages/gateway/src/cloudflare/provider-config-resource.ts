import { GatewayError } from '@gw/headers'
import { Secret, type ProviderKey } from '@gw/keys'
import { Hono } from 'hono'
import * as z from 'zod'
import { findProvider } from '../admin/find-provider.ts'
import { parse } from '../admin/parse.ts'
import { readBody } from '../admin/read-body.ts'
import { requireFound } from '../admin/require-found.ts'
import { requireVault } from '../admin/require-vault.ts'
import type { Deps } from '../deps.ts'
import { listed, pageSchema, success, timeOf } from './envelope.ts'
import { findAccountGateway } from './find-account.ts'

const none = z.null().optional()
const alias = z
  .string()
  .max(64)
  .regex(/^[\w.-]+$/)
const newConfig = z.object({
  alias: alias.default('default'),
  default_config: z.boolean().default(false),
  provider_slug: z.string().min(1),
  secret: z.string().trim().min(1).max(20_000),
  /** Where Cloudflare's Secrets Store has it; gw has none. */
  secret_id: z.literal('').nullish(),
  rate_limit: none,
  rate_limit_period: none,
})
const change = newConfig.partial()

const notThere = 'There is no provider config with this id.'

/**
 * Provider keys of the organisation, which serve all of its gateways here. The alias `default` is what serves whoever asks
 * for none. @see https://developers.cloudflare.com/api/resources/ai_gateway/subresources/provider_configs/
 */
export function providerConfigResource(deps: Deps): Hono {
  const { providerKeys } = deps.control
  const app = new Hono()
  const seal = async (text: string, about: Pick<ProviderKey, 'id' | 'providerId' | 'orgId'>) => ({
    sealed: await requireVault(deps).seal(new Secret(text), {
      orgId: about.orgId,
      providerId: about.providerId,
      recordId: about.id,
    }),
    lastFour: text.length < 12 ? '' : text.slice(-4),
  })

  app.get('/', async (c) => {
    const page = parse(pageSchema, c.req.query())
    const { orgId, gateway } = await findAccountGateway(c, deps)
    const keys = (await providerKeys.list({ orgId })).filter(({ level }) => level === 'org')
    const shown = keys.map((key) => toConfig(key, gateway.id))
    return c.json(listed(shown, page))
  })
  app.post('/', async (c) => {
    const body = parse(newConfig, await readBody(c))
    requireDefault(body)
    const { orgId, gateway } = await findAccountGateway(c, deps)
    const { id: providerId } = findProvider(body.provider_slug, deps)
    const [id, at] = [deps.createId(), deps.now()]
    const owner = { level: 'org', orgId, userId: null, tierId: null } as const
    const about = { id, providerId, alias: body.alias, name: body.alias, weight: 1, createdAt: at, updatedAt: at }
    const key = { ...about, ...owner, ...(await seal(body.secret, { id, providerId, orgId })) }
    const made: ProviderKey = { ...key, disabledAt: null, rejection: null }
    await providerKeys.add(made)
    return c.json(success(toConfig(made, gateway.id)))
  })
  app.put('/:config', async (c) => {
    const body = parse(change, await readBody(c))
    requireDefault(body)
    const { orgId, gateway } = await findAccountGateway(c, deps)
    const old = requireFound(await providerKeys.find({ orgId }, c.req.param('config')), notThere)
    await providerKeys.update({ orgId }, old.id, {
      updatedAt: deps.now(),
      ...(body.alias !== undefined && { alias: body.alias }),
      ...(body.secret !== undefined && { secret: await seal(body.secret, old) }),
    })
    const changed = requireFound(await providerKeys.find({ orgId }, old.id), notThere)
    return c.json(success(toConfig(changed, gateway.id)))
  })
  app.delete('/:config', async (c) => {
    const { orgId, gateway } = await findAccountGateway(c, deps)
    const old = requireFound(await providerKeys.find({ orgId }, c.req.param('config')), notThere)
    await providerKeys.remove({ orgId }, old.id)
    return c.json(success(toConfig(old, gateway.id)))
  })
  return app
}

/** @throws GatewayError `invalid_request` where another alias is to serve whoever asks for none */
function requireDefault({
  alias,
  default_config,
}: {
  alias?: string | undefined
  default_config?: boolean | undefined
}) {
  if (!default_config || alias === undefined || alias === 'default') return
  throw new GatewayError('invalid_request', 'default_config: here the alias "default" serves whoever asks for none.', {
    detail: { param: 'default_config' },
  })
}

function toConfig({ id, alias, providerId, updatedAt, lastFour }: ProviderKey, gatewayId: string) {
  return {
    id,
    alias,
    default_config: alias === 'default',
    gateway_id: gatewayId,
    modified_at: timeOf(updatedAt),
    provider_slug: providerId,
    secret_id: id,
    secret_preview: `…${lastFour}`,
  }
}
