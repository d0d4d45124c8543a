import type { Deps } from '../deps.ts'

/** Ends what a user could do in an organisation: revokes their gateway keys there, and removes their provider keys. */
export async function revokeKeysOf(
  { orgId, userId }: { orgId: string; userId: string },
  { keys, control, now }: Pick<Deps, 'keys' | 'control' | 'now'>,
): Promise<void> {
  const gatewayKeys = await keys.list(orgId)
  for (const key of gatewayKeys) {
    if (key.userId === userId && key.revokedAt === null) await keys.revoke(orgId, key.id, now())
  }
  const providerKeys = await control.providerKeys.list({ orgId })
  for (const key of providerKeys) {
    if (key.userId === userId) await control.providerKeys.remove({ orgId }, key.id)
  }
}
