import { rotateMasterKey } from '@gw/keys'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { allSealed } from '../secrets/all-sealed.ts'
import { operation } from './api/operation.ts'
import { requireVault } from './require-vault.ts'

const tag = 'Master key'

/** The key that wraps the data keys of all stored secrets. */
export function masterKeyOperations(deps: Deps) {
  const store = allSealed(deps.control)
  return [
    operation(
      {
        method: 'GET',
        path: '/master-key',
        tag,
        access: 'operator',
        summary: 'The version of the master key, and how many stored keys have another.',
        answer: z.object({ version: z.string(), other_versions: z.number() }),
      },
      async () => {
        const { version } = requireVault(deps)
        return { version, other_versions: await store.countOtherVersions(version) }
      },
    ),
    operation(
      {
        method: 'POST',
        path: '/master-key/rotate',
        tag,
        access: 'operator',
        summary: 'Wraps stored keys with the current master key, as many as asked for.',
        body: z.strictObject({ limit: z.number().int().min(1).max(1000).default(100) }),
        answer: z.custom<Awaited<ReturnType<typeof rotateMasterKey>>>(),
      },
      async ({ body: { limit } }) => rotateMasterKey({ store, vault: requireVault(deps), limit }),
    ),
  ] as const
}
