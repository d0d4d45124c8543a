interface KeyTimes {
  revoked_at: number | null
  expires_at: number | null
  previous_until: number | null
}

/** How a gateway key stands at a time; `rotating` while its old secret works beside the new one. */
export function stateOfKey(
  { revoked_at, expires_at, previous_until }: KeyTimes,
  now: number,
): 'active' | 'revoked' | 'expired' | 'rotating' {
  if (revoked_at !== null) return 'revoked'
  if (expires_at !== null && expires_at <= now) return 'expired'
  return previous_until !== null && previous_until > now ? 'rotating' : 'active'
}
