import { GatewayError } from '@gw/headers'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import type { Tier } from '../people/tier-store.ts'
import { listSchema, pageFields, toPage } from './api/list-schema.ts'
import { operation } from './api/operation.ts'
import { orConflict } from './or-conflict.ts'
import { requireFound } from './require-found.ts'
import { textSchema } from './text-schema.ts'
import { tierAnswer, toPublicTier } from './to-public-tier.ts'

const tag = 'Tiers'
const limit = z.number().int().min(0).max(1_000_000_000).nullable()

const notThere = 'There is no tier with this id. GET /api/tiers lists them.'

/** What organisations and users may do a day and a minute; `null` is no limit. */
export function tierOperations(deps: Deps) {
  const { tiers } = deps.control
  return [
    operation(
      {
        method: 'GET',
        path: '/tiers',
        tag,
        access: 'signed_in',
        summary: 'All tiers.',
        query: z.strictObject(pageFields),
        answer: listSchema(tierAnswer),
      },
      async ({ query }) => toPage((await tiers.list()).map(toPublicTier), { ...query, keyOf: ({ id }) => id }),
    ),
    operation(
      { method: 'GET', path: '/tiers/:id', tag, access: 'signed_in', summary: 'One tier.', answer: tierAnswer },
      async ({ params }) => toPublicTier(requireFound(await tiers.find(params.id), notThere)),
    ),
    operation(
      {
        method: 'POST',
        path: '/tiers',
        tag,
        access: 'operator',
        summary: 'Makes a tier.',
        body: z.strictObject({
          id: z
            .string()
            .max(64)
            .regex(/^[\w-]+$/, 'must be letters, digits, hyphens and underscores'),
          name: textSchema.optional(),
          requests_per_day: limit.default(null),
          requests_per_minute: limit.default(null),
          tokens_per_minute: limit.default(null),
        }),
        answer: tierAnswer,
        status: 201,
      },
      async ({ body: { id, name = id, requests_per_day, requests_per_minute, tokens_per_minute } }) => {
        const tier: Tier = {
          id,
          name,
          requestsPerDay: requests_per_day,
          requestsPerMinute: requests_per_minute,
          tokensPerMinute: tokens_per_minute,
        }
        await orConflict(
          () => tiers.add(tier),
          () => tiers.find(id),
          `id: there is a tier "${id}" already. PATCH /api/tiers/${id} changes it.`,
        )
        return toPublicTier(tier)
      },
    ),
    operation(
      {
        method: 'PATCH',
        path: '/tiers/:id',
        tag,
        access: 'operator',
        summary: 'Changes a tier.',
        body: z.strictObject({
          name: textSchema.exactOptional(),
          requests_per_day: limit.exactOptional(),
          requests_per_minute: limit.exactOptional(),
          tokens_per_minute: limit.exactOptional(),
        }),
        answer: tierAnswer,
      },
      async ({ params, body: { name, requests_per_day, requests_per_minute, tokens_per_minute } }) => {
        const change = {
          ...(name !== undefined && { name }),
          ...(requests_per_day !== undefined && { requestsPerDay: requests_per_day }),
          ...(requests_per_minute !== undefined && { requestsPerMinute: requests_per_minute }),
          ...(tokens_per_minute !== undefined && { tokensPerMinute: tokens_per_minute }),
        }
        requireFound(await tiers.update(params.id, change), notThere)
        deps.accounts.forget()
        return toPublicTier(requireFound(await tiers.find(params.id), notThere))
      },
    ),
    operation(
      {
        method: 'DELETE',
        path: '/tiers/:id',
        tag,
        access: 'operator',
        summary: 'Removes a tier that nobody has.',
        answer: undefined,
      },
      async ({ params }) => {
        const outcome = await tiers.remove(params.id)
        requireFound(outcome !== 'not_found', notThere)
        if (outcome === 'removed') return
        throw new GatewayError(
          'conflict',
          'An organisation, a user or a provider key has this tier. Give them another one, then remove it.',
        )
      },
    ),
  ] as const
}
