/** Whose alerts, rules and channels: an organisation's, or the operator's. */
export type OwnerQuery = { system: 'true' } | { org_id: string }

/** What requests say of it. */
export function toOwnerQuery(orgId: string, isSystem: boolean): OwnerQuery {
  return isSystem ? { system: 'true' } : { org_id: orgId }
}
