import { GatewayError } from '@gw/headers'
import { createGatewayKey, createGatewayKeySecret, hashGatewayKey, type GatewayKey } from '@gw/keys'
import { Hono } from 'hono'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { findOrg } from './find-org.ts'
import { parseExpiry } from './parse-expiry.ts'
import { readBody } from './read-body.ts'
import { requireFound } from './require-found.ts'
import { requireMember } from './require-member.ts'
import { textSchema } from './text-schema.ts'

const patterns = z.array(z.string().min(1).max(200)).max(100).exactOptional()
const scopes = z.strictObject({ models: patterns, providers: patterns, endpoints: patterns, gateways: patterns })
const expiresAt = z.number().int().min(0).nullable()
const orgId = z.string().min(1).optional()

const newKey = z.strictObject({
  org_id: orgId,
  name: textSchema,
  user_id: z.string().min(1).nullable().default(null),
  scopes: scopes.default({}),
  expires_at: expiresAt.default(null),
})
const keyChange = z.strictObject({
  org_id: orgId,
  name: textSchema.exactOptional(),
  scopes: scopes.exactOptional(),
  expires_at: expiresAt.exactOptional(),
})
const rotation = z.strictObject({
  org_id: orgId,
  overlap_seconds: z.number().int().min(0).max(2_592_000).default(86_400),
})

const notThere = 'The organisation has no gateway key with this id. GET /api/gateway-keys lists them.'

/** Keys of callers. The secret is in the answer that makes it, and nowhere else. */
export function gatewayKeyRoutes(deps: Deps): Hono {
  const { keys, now } = deps
  const app = new Hono()
  app.get('/gateway-keys', async (c) => {
    const { id } = await findOrg(c, deps)
    return c.json({ data: (await keys.list(id)).map(toPublic) })
  })
  app.get('/gateway-keys/:id', async (c) => {
    const { id } = await findOrg(c, deps)
    return c.json(toPublic(requireFound(await keys.find(id, c.req.param('id')), notThere)))
  })
  app.post('/gateway-keys', async (c) => {
    const { org_id, name, user_id: userId, scopes, expires_at } = await readBody(c, newKey)
    const { id } = await findOrg(c, deps, org_id)
    await requireMember({ orgId: id, userId }, deps)
    const secret = createGatewayKeySecret(deps.random)
    const expiresAt = parseExpiry(expires_at, now())
    const said = { orgId: id, userId, name, scopes, expiresAt, createdAt: now() }
    const key = await createGatewayKey({ id: deps.createId(), secret, ...said })
    await keys.add(key)
    return c.json({ ...toPublic(key), key: secret }, 201)
  })
  app.patch('/gateway-keys/:id', async (c) => {
    const { org_id, expires_at, ...change } = await readBody(c, keyChange)
    const { id } = await findOrg(c, deps, org_id)
    const expiry = expires_at === undefined ? {} : { expiresAt: parseExpiry(expires_at, now()) }
    requireFound(await keys.update(id, c.req.param('id'), { ...change, ...expiry }), notThere)
    return c.json(toPublic(requireFound(await keys.find(id, c.req.param('id')), notThere)))
  })
  app.post('/gateway-keys/:id/rotate', async (c) => {
    const { org_id, overlap_seconds } = await readBody(c, rotation)
    const { id } = await findOrg(c, deps, org_id)
    requireFound(await keys.find(id, c.req.param('id')), notThere)
    const { secret, hash, lastFour } = await makeSecret(deps)
    const previousUntil = now() + overlap_seconds * 1000
    if (!(await keys.rotate(id, c.req.param('id'), { hash, lastFour, previousUntil }))) {
      throw new GatewayError('conflict', 'This gateway key is revoked and gets no new secret. Make another key.')
    }
    return c.json({ ...toPublic(requireFound(await keys.find(id, c.req.param('id')), notThere)), key: secret })
  })
  app.delete('/gateway-keys/:id', async (c) => {
    const { id } = await findOrg(c, deps)
    requireFound(await keys.revoke(id, c.req.param('id'), now()), notThere)
    return c.body(null, 204)
  })
  return app
}

async function makeSecret({ random }: Deps): Promise<{ secret: string; hash: string; lastFour: string }> {
  const secret = createGatewayKeySecret(random)
  return { secret, hash: await hashGatewayKey(secret), lastFour: secret.slice(-4) }
}

function toPublic(key: GatewayKey) {
  return {
    id: key.id,
    org_id: key.orgId,
    user_id: key.userId,
    name: key.name,
    last_four: key.lastFour,
    scopes: key.scopes,
    created_at: key.createdAt,
    expires_at: key.expiresAt,
    revoked_at: key.revokedAt,
    last_used_at: key.lastUsedAt,
    previous_until: key.previousUntil,
  }
}
