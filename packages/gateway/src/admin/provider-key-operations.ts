import { Secret, type KeyOwner, type ProviderKey, type ProviderKeyChange } from '@gw/keys'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import type { Org } from '../people/org-store.ts'
import { listSchema, pageFields, toPage } from './api/list-schema.ts'
import { operation } from './api/operation.ts'
import { secretField } from './api/secret-field.ts'
import { findProvider } from './find-provider.ts'
import { isOrgLevel, keyPlaceFields, ownerOfLevel } from './owner-of-level.ts'
import { requireFound } from './require-found.ts'
import { requireVault } from './require-vault.ts'
import { textSchema } from './text-schema.ts'

const tag = 'Provider keys'
const alias = z
  .string()
  .max(64)
  .regex(/^[\w.-]+$/, 'must be letters, digits, dots, hyphens and underscores')
const weight = z.number().int().min(1).max(1000)
/** Goes into a header as it is, unless it is the JSON of a service account. */
const secret = secretField(
  z
    .string()
    .trim()
    .min(1)
    .max(20_000)
    .refine(
      (text) => text.startsWith('{') || /^[\x21-\x7e]+$/.test(text),
      'must be one line of ASCII without spaces, or JSON',
    ),
)
const system = z.enum(['true', 'false']).optional()
const owner = z.strictObject({ system })

const keyAnswer = z.object({
  id: z.string(),
  level: z.enum(['user', 'org', 'system_tier', 'system']),
  org_id: z.string().nullable(),
  user_id: z.string().nullable(),
  tier_id: z.string().nullable(),
  provider: z.string(),
  alias: z.string(),
  name: z.string(),
  weight: z.number(),
  last_four: z.string(),
  created_at: z.number(),
  updated_at: z.number(),
  disabled_at: z.number().nullable(),
  /** What the provider last said against it. */
  rejection: z
    .object({ reason: z.enum(['auth', 'quota_exceeded', 'rate_limit']), at: z.number(), until: z.number() })
    .nullable(),
})

const notThere =
  "There is no provider key with this id here. GET /api/provider-keys lists the organisation's, with ?system=true the operator's."

/** Keys for providers, sealed by the vault. No answer has the key itself. With `?system=true` they are the operator's. */
export function providerKeyOperations(deps: Deps) {
  const { providerKeys } = deps.control
  return [
    operation(
      {
        method: 'GET',
        path: '/provider-keys',
        tag,
        access: ({ query }) => (query.system === 'true' ? 'operator' : 'viewer'),
        summary: 'Provider keys, without their secrets.',
        query: z.strictObject({ system, ...pageFields }),
        answer: listSchema(keyAnswer),
      },
      async ({ org, query }) =>
        toPage((await providerKeys.list(ownerOf(org))).map(toPublic), { ...query, keyOf: ({ id }) => id }),
    ),
    operation(
      {
        method: 'GET',
        path: '/provider-keys/:id',
        tag,
        access: ({ query }) => (query.system === 'true' ? 'operator' : 'viewer'),
        summary: 'One provider key.',
        query: owner,
        answer: keyAnswer,
      },
      async ({ org, params }) => toPublic(requireFound(await providerKeys.find(ownerOf(org), params.id), notThere)),
    ),
    addOperation(deps),
    operation(
      {
        method: 'PATCH',
        path: '/provider-keys/:id',
        tag,
        access: ({ query }) => (query.system === 'true' ? 'operator' : 'admin'),
        summary: 'Changes a provider key, replaces its secret, or switches it off.',
        query: owner,
        body: z.strictObject({
          name: textSchema.exactOptional(),
          alias: alias.exactOptional(),
          weight: weight.exactOptional(),
          disabled: z.boolean().optional(),
          key: secret.optional(),
        }),
        answer: keyAnswer,
      },
      async ({ org, params, body: { disabled, key, ...change } }) => {
        const whose = ownerOf(org)
        const old = requireFound(await providerKeys.find(whose, params.id), notThere)
        const to: ProviderKeyChange = {
          ...change,
          ...(disabled !== undefined && { disabledAt: disabled ? (old.disabledAt ?? deps.now()) : null }),
          ...(key !== undefined && { secret: await sealKey(key, old, deps) }),
          updatedAt: deps.now(),
        }
        requireFound(await providerKeys.update(whose, old.id, to), notThere)
        return toPublic(requireFound(await providerKeys.find(whose, old.id), notThere))
      },
    ),
    operation(
      {
        method: 'DELETE',
        path: '/provider-keys/:id',
        tag,
        access: ({ query }) => (query.system === 'true' ? 'operator' : 'admin'),
        summary: 'Removes a provider key.',
        query: owner,
        answer: undefined,
      },
      async ({ org, params }) => {
        requireFound(await providerKeys.remove(ownerOf(org), params.id), notThere)
      },
    ),
  ] as const
}

function addOperation(deps: Deps) {
  return operation(
    {
      method: 'POST',
      path: '/provider-keys',
      tag,
      access: ({ body }) => (isOrgLevel(body.level) ? 'admin' : 'operator'),
      summary: 'Keeps a provider key, sealed.',
      body: z.strictObject({
        ...keyPlaceFields,
        provider: z.string().min(1),
        key: secret,
        name: textSchema.optional(),
        alias: alias.default('default'),
        weight: weight.default(1),
      }),
      answer: keyAnswer,
      status: 201,
    },
    async ({ org, body: { provider: named, key, name, alias, weight, ...place } }) => {
      const { id: providerId } = findProvider(named, deps)
      const whose = await ownerOfLevel(place, org?.id ?? null, deps)
      const id = deps.createId()
      const at = deps.now()
      const sealed = await sealKey(key, { id, providerId, orgId: whose.orgId }, deps)
      const about = { id, providerId, alias, name: name ?? providerId, weight, createdAt: at, updatedAt: at }
      const made: ProviderKey = { ...about, ...whose, ...sealed, disabledAt: null, rejection: null }
      await deps.control.providerKeys.add(made)
      return toPublic(made)
    },
  )
}

/** Whose keys: an organisation's, or the operator's. */
function ownerOf(org: Org | undefined): KeyOwner {
  return org ? { orgId: org.id } : { system: true }
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
