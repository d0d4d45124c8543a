import { GatewayError } from '@gw/headers'
import { createGatewayKeySecret, hashGatewayKey, type GatewayKey } from '@gw/keys'
import { Hono } from 'hono'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { respondWithError } from '../errors/respond-with-error.ts'
import { adminDialect } from './admin-dialect.ts'
import { requireAdmin } from './require-admin.ts'

const defaultOrg = 'default'

const logQuery = z.object({
  org_id: z.string().min(1).default(defaultOrg),
  gateway_id: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
  cursor: z.string().optional(),
})

const newKey = z.object({ org_id: z.string().min(1).default(defaultOrg), name: z.string().min(1).max(100) })

/** The control plane: `/api/…`, with the admin key. */
export function adminRoutes(deps: Deps): Hono {
  const app = new Hono()
  app.use(async (c, next) => {
    await requireAdmin(c.req.raw.headers, deps.adminKey)
    await next()
  })

  app.get('/logs', async (c) => {
    const { org_id, gateway_id, limit, cursor } = parse(logQuery, c.req.query())
    return c.json(await deps.logs.list({ orgId: org_id, gatewayId: gateway_id, limit, cursor }))
  })
  app.get('/logs/:id', async (c) => {
    const { org_id } = parse(logQuery, c.req.query())
    const record = await deps.logs.find(org_id, c.req.param('id'))
    if (!record)
      throw new GatewayError('log_not_found', 'There is no log row with this id. It may arrive within two seconds.')
    return c.json(record)
  })

  app.get('/gateway-keys', async (c) => {
    const { org_id } = parse(logQuery, c.req.query())
    const keys = await deps.keys.list(org_id)
    return c.json({ data: keys.map(toPublicKey) })
  })
  app.post('/gateway-keys', async (c) => {
    const { org_id, name } = parse(newKey, await c.req.json().catch(() => undefined))
    const secret = createGatewayKeySecret(deps.random)
    const key: GatewayKey = {
      id: deps.createId(),
      orgId: org_id,
      userId: null,
      name,
      hash: await hashGatewayKey(secret),
      lastFour: secret.slice(-4),
      createdAt: deps.now(),
      revokedAt: null,
      expiresAt: null,
      scopes: {},
      lastUsedAt: null,
      previousHash: null,
      previousUntil: null,
    }
    await deps.keys.add(key)
    return c.json({ ...toPublicKey(key), key: secret }, 201)
  })
  app.delete('/gateway-keys/:id', async (c) => {
    const { org_id } = parse(logQuery, c.req.query())
    const revoked = await deps.keys.revoke(org_id, c.req.param('id'), deps.now())
    if (!revoked) throw new GatewayError('not_found', 'The organisation has no gateway key with this id.')
    return c.body(null, 204)
  })

  app.notFound((c) => {
    throw new GatewayError('not_found', `The control plane has nothing at ${c.req.path.slice(0, 200)}.`)
  })
  app.onError((error) =>
    respondWithError(error, { dialect: adminDialect, logId: deps.createId(), report: deps.report }),
  )
  return app
}

function toPublicKey({ id, orgId, name, lastFour, createdAt, revokedAt }: GatewayKey) {
  return { id, org_id: orgId, name, last_four: lastFour, created_at: createdAt, revoked_at: revokedAt }
}

/** @throws GatewayError `invalid_request` naming the first field that is wrong. */
function parse<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const param = issue?.path.join('.') ?? ''
  throw new GatewayError('invalid_request', `${param || 'The body'}: ${issue?.message ?? 'is wrong'}.`, {
    detail: { param },
  })
}
