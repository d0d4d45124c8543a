import { Secret, type KeyOwner, type ProviderKey, type ProviderKeyChange } from '@gw/keys'
import { Hono, type Context } from 'hono'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { findOrg } from './find-org.ts'
import { findProvider } from './find-provider.ts'
import { ownerOfLevel, keyPlaceFields } from './owner-of-level.ts'
import { parse } from './parse.ts'
import { readBody } from './read-body.ts'
import { requireFound } from './require-found.ts'
import { requireVault } from './require-vault.ts'
import { textSchema } from './text-schema.ts'

const alias = z
  .string()
  .max(64)
  .regex(/^[\w.-]+$/, 'must be letters, digits, dots, hyphens and underscores')
const weight = z.number().int().min(1).max(1000)
/** Goes into a header as it is, unless it is the JSON of a service account. */
const secret = z
  .string()
  .trim()
  .min(1)
  .max(20_000)
  .refine(
    (text) => text.startsWith('{') || /^[\x21-\x7e]+$/.test(text),
    'must be one line of ASCII without spaces, or JSON',
  )

const newKey = z.strictObject({
  ...keyPlaceFields,
  provider: z.string().min(1),
  key: secret,
  name: textSchema.optional(),
  alias: alias.default('default'),
  weight: weight.default(1),
})
const keyChange = z.strictObject({
  org_id: z.string().min(1).optional(),
  name: textSchema.exactOptional(),
  alias: alias.exactOptional(),
  weight: weight.exactOptional(),
  disabled: z.boolean().optional(),
  key: secret.optional(),
})
const ownerQuery = z.strictObject({
  org_id: z.string().min(1).optional(),
  system: z.enum(['true', 'false']).optional(),
})

const notThere =
  "There is no provider key with this id here. GET /api/provider-keys lists the organisation's, with ?system=true the operator's."

/** Keys for providers, sealed by the vault. No answer has the key itself. */
export function providerKeyRoutes(deps: Deps): Hono {
  const { providerKeys } = deps.control
  const app = new Hono()
  app.get('/provider-keys', async (c) => {
    const keys = await providerKeys.list(await ownerOf(c, deps))
    return c.json({ data: keys.map(toPublic) })
  })
  app.get('/provider-keys/:id', async (c) => {
    const key = await providerKeys.find(await ownerOf(c, deps), c.req.param('id'))
    return c.json(toPublic(requireFound(key, notThere)))
  })
  app.post('/provider-keys', async (c) => {
    const { provider: named, key, name, alias, weight, ...place } = await readBody(c, newKey)
    const { id: providerId } = findProvider(named, deps)
    const whose = await ownerOfLevel(c, place, deps)
    const id = deps.createId()
    const at = deps.now()
    const sealed = await sealKey(key, { id, providerId, orgId: whose.orgId }, deps)
    const about = { id, providerId, alias, name: name ?? providerId, weight, createdAt: at, updatedAt: at }
    const made: ProviderKey = { ...about, ...whose, ...sealed, disabledAt: null, rejection: null }
    await providerKeys.add(made)
    return c.json(toPublic(made), 201)
  })
  app.patch('/provider-keys/:id', async (c) => {
    const { org_id, disabled, key, ...change } = await readBody(c, keyChange)
    const owner = await ownerOf(c, deps, org_id)
    const old = requireFound(await providerKeys.find(owner, c.req.param('id')), notThere)
    const to: ProviderKeyChange = {
      ...change,
      ...(disabled !== undefined && { disabledAt: disabled ? (old.disabledAt ?? deps.now()) : null }),
      ...(key !== undefined && { secret: await sealKey(key, old, deps) }),
      updatedAt: deps.now(),
    }
    requireFound(await providerKeys.update(owner, old.id, to), notThere)
    return c.json(toPublic(requireFound(await providerKeys.find(owner, old.id), notThere)))
  })
  app.delete('/provider-keys/:id', async (c) => {
    requireFound(await providerKeys.remove(await ownerOf(c, deps), c.req.param('id')), notThere)
    return c.body(null, 204)
  })
  return app
}

/** Whose keys: an organisation's, or with `?system=true` the operator's. */
async function ownerOf(c: Context, deps: Deps, orgId?: string): Promise<KeyOwner> {
  const { system } = parse(ownerQuery, c.req.query())
  return system === 'true' ? { system: true } : { orgId: (await findOrg(c, deps, orgId)).id }
}

type Sealed = Required<ProviderKeyChange>['secret']

/** Less than this, and four characters would say too much of it. */
const shortestShown = 12

async function sealKey(
  text: string,
  { id, providerId, orgId }: Pick<ProviderKey, 'id' | 'providerId' | 'orgId'>,
  deps: Deps,
): Promise<Sealed> {
  const sealed = await requireVault(deps).seal(new Secret(text), { orgId, providerId, recordId: id })
  return { sealed, lastFour: text.length < shortestShown ? '' : text.slice(-4) }
}

function toPublic(key: ProviderKey) {
  return {
    id: key.id,
    level: key.level,
    org_id: key.orgId,
    user_id: key.userId,
    tier_id: key.tierId,
    provider: key.providerId,
    alias: key.alias,
    name: key.name,
    weight: key.weight,
    last_four: key.lastFour,
    created_at: key.createdAt,
    updated_at: key.updatedAt,
    disabled_at: key.disabledAt,
    rejection: key.rejection,
  }
}
