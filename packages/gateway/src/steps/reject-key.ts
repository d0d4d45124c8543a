import type { RejectionReason } from '@gw/keys'
import type { Deps } from '../deps.ts'
import type { Failure } from '../failure.ts'
import type { UpstreamLeg } from '../plan.ts'
import type { Purse } from './purse.ts'
import type { ResolvedKey } from './resolve-keys.ts'

export interface RefusedKey {
  failure: Failure
  leg: UpstreamLeg
  key: ResolvedKey
  /** There are more keys to try. */
  hasOthers: boolean
}

const reasons: ReadonlyMap<string, RejectionReason> = new Map([
  ['upstream_auth', 'auth'],
  ['upstream_quota_exceeded', 'quota_exceeded'],
  ['upstream_rate_limited', 'rate_limit'],
])

/** Whether it was a key of ours that was refused; if so, it rests. */
export function rejectKey(
  { failure, leg, key: { candidate }, hasOthers }: RefusedKey,
  { caller, background }: Purse,
  { keyResolver, alert, now }: Deps,
): boolean {
  const reason = reasons.get(failure.code)
  // What a key may not do here says nothing of what it may do elsewhere.
  if (!candidate || !reason || failure.status === 403 || leg.isFree) return false
  const isLimit = reason === 'rate_limit'
  // The only key is used all the same, and how long its target rests is not the key's to say.
  if (isLimit && !hasOthers) return false
  background(keyResolver.reject(candidate, { reason, retryAfterMs: failure.retryAfterMs }))
  if (isLimit) return true
  const isTheirs = candidate.source === 'user' || candidate.source === 'org'
  background(
    alert({
      orgId: isTheirs ? caller.orgId : null,
      kind: 'key_rejected',
      subject: candidate.keyId,
      message: `The provider ${candidate.providerId} rejected a key (${reason}).`,
      at: now(),
    }),
  )
  return true
}
