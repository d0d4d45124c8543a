import * as z from 'zod'
import type { Deps } from '../deps.ts'
import type { Org } from '../people/org-store.ts'
import { isOperator } from './api/actor.ts'
import { listSchema, pageFields, toPage } from './api/list-schema.ts'
import { operation } from './api/operation.ts'
import { idSchema } from './id-schema.ts'
import { orConflict } from './or-conflict.ts'
import { requireFound } from './require-found.ts'
import { requireTier } from './require-tier.ts'
import { textSchema } from './text-schema.ts'

const tag = 'Organisations'
const tierId = z.string().min(1)
const orgAnswer = z.object({ id: z.string(), name: z.string(), tier_id: z.string(), created_at: z.number() })

const notThere = 'There is no organisation with this id. GET /api/orgs lists them.'

/** Organisations; one that is made here has its gateway `default`, so that its keys work at once. */
export function orgOperations(deps: Deps) {
  const { orgs, memberships } = deps.control
  return [
    operation(
      {
        method: 'GET',
        path: '/orgs',
        tag,
        access: 'signed_in',
        summary: 'The organisations that you belong to; for operators, all.',
        query: z.strictObject(pageFields),
        answer: listSchema(orgAnswer),
      },
      async ({ actor, query }) => {
        const own = actor.kind === 'user' ? await memberships.listOfUser(actor.user.id) : []
        const isVisible = ({ id }: Org): boolean => isOperator(actor) || own.some(({ orgId }) => orgId === id)
        return toPage((await orgs.list()).filter(isVisible).map(toPublic), { ...query, keyOf: ({ id }) => id })
      },
    ),
    operation(
      {
        method: 'GET',
        path: '/orgs/:org',
        tag,
        access: 'viewer',
        summary: 'One organisation.',
        answer: orgAnswer,
      },
      async ({ org }) => toPublic(org),
    ),
    operation(
      {
        method: 'POST',
        path: '/orgs',
        tag,
        access: 'operator',
        summary: 'Makes an organisation, with its gateway `default`.',
        body: z.strictObject({ id: idSchema, name: textSchema.optional(), tier_id: tierId.default('FREE') }),
        answer: orgAnswer,
        status: 201,
      },
      async ({ body: { id, name = id, tier_id } }) => {
        await requireTier(tier_id, deps)
        const org: Org = { id, name, tierId: tier_id, createdAt: deps.now() }
        await orConflict(
          () => orgs.add(org),
          () => orgs.find(id),
          `id: there is an organisation "${id}" already. PATCH /api/orgs/${id} changes it.`,
        )
        await deps.gateways.save({ orgId: id, id: 'default', settings: {} }, deps.now())
        deps.accounts.forget()
        return toPublic(org)
      },
    ),
    operation(
      {
        method: 'PATCH',
        path: '/orgs/:org',
        tag,
        access: ({ body }) => (body.tier_id === undefined ? 'owner' : 'operator'),
        summary: 'Renames an organisation (owner), or changes its tier (operator).',
        body: z.strictObject({ name: textSchema.exactOptional(), tier_id: tierId.exactOptional() }),
        answer: orgAnswer,
      },
      async ({ params, body: { name, tier_id } }) => {
        await requireTier(tier_id, deps)
        const change = { ...(name !== undefined && { name }), ...(tier_id !== undefined && { tierId: tier_id }) }
        requireFound(await orgs.update(params.org, change), notThere)
        deps.accounts.forget()
        return toPublic(requireFound(await orgs.find(params.org), notThere))
      },
    ),
  ] as const
}

function toPublic({ id, name, tierId, createdAt }: Org) {
  return { id, name, tier_id: tierId, created_at: createdAt }
}
