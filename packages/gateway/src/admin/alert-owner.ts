import * as z from 'zod'
import type { Org } from '../people/org-store.ts'
import type { Role } from '../people/membership-store.ts'

/** `?system=true` means what is of the operator, about all organisations together. */
export const alertOwnerQuery = { system: z.enum(['true', 'false']).optional() }

/** What somebody must be for what is of an organisation; for the operator's, an operator. */
export const ownerAccess =
  <R extends Role>(role: R) =>
  ({ query }: { query: { system?: 'true' | 'false' | undefined } }): R | 'operator' =>
    query.system === 'true' ? 'operator' : role

/** Whose it is; `null` is the operator. */
export const toOwner = (org: Org | undefined): string | null => org?.id ?? null
