import { GatewayError } from '@gw/headers'
import { createGatewayKey, createGatewayKeySecret, hashGatewayKey, type GatewayKey } from '@gw/keys'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { isOperator, type Actor } from './api/actor.ts'
import { listSchema, pageFields, toPage } from './api/list-schema.ts'
import { operation } from './api/operation.ts'
import { includes } from './api/require-access.ts'
import { parseExpiry } from './parse-expiry.ts'
import { requireFound } from './require-found.ts'
import { requireMember } from './require-member.ts'
import { textSchema } from './text-schema.ts'

const tag = 'Gateway keys'
const patterns = z.array(z.string().min(1).max(200)).max(100).exactOptional()
const scopes = z.strictObject({ models: patterns, providers: patterns, endpoints: patterns, gateways: patterns })
const expiresAt = z.number().int().min(0).nullable()

const keyFields = {
  id: z.string(),
  org_id: z.string(),
  user_id: z.string().nullable(),
  name: z.string(),
  last_four: z.string(),
  scopes: z.object({
    models: z.array(z.string()).optional(),
    providers: z.array(z.string()).optional(),
    endpoints: z.array(z.string()).optional(),
    gateways: z.array(z.string()).optional(),
  }),
  created_at: z.number(),
  expires_at: z.number().nullable(),
  revoked_at: z.number().nullable(),
  last_used_at: z.number().nullable(),
  previous_until: z.number().nullable(),
}
const keyAnswer = z.object(keyFields)
const keyWithSecret = z.object({ ...keyFields, key: z.string() })

const notThere = 'The organisation has no gateway key with this id. GET /api/gateway-keys lists them.'

/**
 * Keys of callers. The secret is in the answer that makes it, and nowhere else. Members have keys of their own; those of
 * others, and of the organisation, are an admin's.
 */
export function gatewayKeyOperations(deps: Deps) {
  return [...readOperations(deps), ...writeOperations(deps)] as const
}

function readOperations({ keys }: Deps) {
  return [
    operation(
      {
        method: 'GET',
        path: '/gateway-keys',
        tag,
        access: 'viewer',
        summary: 'Gateway keys, without their secrets.',
        query: z.strictObject(pageFields),
        answer: listSchema(keyAnswer),
      },
      async ({ org, query }) => toPage((await keys.list(org.id)).map(toPublic), { ...query, keyOf: ({ id }) => id }),
    ),
    operation(
      {
        method: 'GET',
        path: '/gateway-keys/:id',
        tag,
        access: 'viewer',
        summary: 'One gateway key.',
        answer: keyAnswer,
        volatile: ['last_used_at'],
      },
      async ({ org, params }) => toPublic(requireFound(await keys.find(org.id, params.id), notThere)),
    ),
  ] as const
}

function writeOperations(deps: Deps) {
  const { keys, now } = deps
  const find = async (orgId: string, id: string): Promise<GatewayKey> =>
    requireFound(await keys.find(orgId, id), notThere)
  const findOwn = async (orgId: string, id: string, actor: Actor): Promise<GatewayKey> => {
    const key = await find(orgId, id)
    await requireOwn({ orgId, userId: key.userId, actor }, deps)
    return key
  }
  return [
    operation(
      {
        method: 'POST',
        path: '/gateway-keys',
        tag,
        access: 'member',
        summary: 'Makes a gateway key; the answer alone has its secret.',
        body: z.strictObject({
          name: textSchema,
          user_id: z.string().min(1).nullable().default(null),
          scopes: scopes.default({}),
          expires_at: expiresAt.default(null),
        }),
        answer: keyWithSecret,
        answersSecret: true,
        status: 201,
      },
      async ({ org, actor, body: { name, user_id: userId, scopes, expires_at } }) => {
        await requireMember({ orgId: org.id, userId }, deps)
        await requireOwn({ orgId: org.id, userId, actor }, deps)
        const secret = createGatewayKeySecret(deps.random)
        const said = {
          orgId: org.id,
          userId,
          name,
          scopes,
          expiresAt: parseExpiry(expires_at, now()),
          createdAt: now(),
        }
        const key = await createGatewayKey({ id: deps.createId(), secret, ...said })
        await keys.add(key)
        return { ...toPublic(key), key: secret }
      },
    ),
    operation(
      {
        method: 'PATCH',
        path: '/gateway-keys/:id',
        tag,
        access: 'member',
        summary: 'Changes what a gateway key may do.',
        body: z.strictObject({
          name: textSchema.exactOptional(),
          scopes: scopes.exactOptional(),
          expires_at: expiresAt.exactOptional(),
        }),
        answer: keyAnswer,
      },
      async ({ org, params, actor, body: { expires_at, ...change } }) => {
        await findOwn(org.id, params.id, actor)
        const expiry = expires_at === undefined ? {} : { expiresAt: parseExpiry(expires_at, now()) }
        requireFound(await keys.update(org.id, params.id, { ...change, ...expiry }), notThere)
        return toPublic(await find(org.id, params.id))
      },
    ),
    operation(
      {
        method: 'POST',
        path: '/gateway-keys/:id/rotate',
        tag,
        access: 'member',
        summary: 'Gives a gateway key a new secret; the old one works on for a while.',
        body: z.strictObject({ overlap_seconds: z.number().int().min(0).max(2_592_000).default(86_400) }),
        answer: keyWithSecret,
        answersSecret: true,
      },
      async ({ org, params, actor, body: { overlap_seconds } }) => {
        await findOwn(org.id, params.id, actor)
        const secret = createGatewayKeySecret(deps.random)
        const to = {
          hash: await hashGatewayKey(secret),
          lastFour: secret.slice(-4),
          previousUntil: now() + overlap_seconds * 1000,
        }
        if (!(await keys.rotate(org.id, params.id, to))) {
          throw new GatewayError('conflict', 'This gateway key is revoked and gets no new secret. Make another key.')
        }
        return { ...toPublic(await find(org.id, params.id)), key: secret }
      },
    ),
    operation(
      {
        method: 'DELETE',
        path: '/gateway-keys/:id',
        tag,
        access: 'member',
        summary: 'Revokes a gateway key.',
        answer: undefined,
      },
      async ({ org, params, actor }) => {
        await findOwn(org.id, params.id, actor)
        requireFound(await keys.revoke(org.id, params.id, now()), notThere)
      },
    ),
  ] as const
}

/** @throws GatewayError `forbidden` where a member handles a key that is not their own. */
async function requireOwn(
  { orgId, userId, actor }: { orgId: string; userId: string | null; actor: Actor },
  { control }: Deps,
): Promise<void> {
  if (isOperator(actor) || actor.kind !== 'user' || actor.user.id === userId) return
  const membership = await control.memberships.find(orgId, actor.user.id)
  if (membership && includes(membership.role, 'admin')) return
  throw new GatewayError(
    'forbidden',
    `A member handles only keys of their own: send \`user_id\` "${actor.user.id}", or ask an admin.`,
  )
}

function toPublic(key: GatewayKey) {
  return {
    id: key.id,
    org_id: key.orgId,
    user_id: key.userId,
    name: key.name,
    last_four: key.lastFour,
    scopes: toPublicScopes(key),
    created_at: key.createdAt,
    expires_at: key.expiresAt,
    revoked_at: key.revokedAt,
    last_used_at: key.lastUsedAt,
    previous_until: key.previousUntil,
  }
}

function toPublicScopes({ scopes }: GatewayKey) {
  const entries = Object.entries(scopes).map(([name, list]) => [name, [...list]] as const)
  return Object.fromEntries(entries)
}
