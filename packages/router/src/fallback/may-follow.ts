import type { ErrorType } from '../error-type.ts'
import type { Candidate } from '../strategies/candidate.ts'
import { idOf } from '../strategies/id-of.ts'

/** Whether a target may be tried after another one failed. */
export type Following = { ok: true } | { ok: false; reason: FollowingReason }

/**
 * `stop`: no other target would do better. `same_target`, `same_vendor`, `context`: this one would fail alike.
 * `resting`, `unhealthier`: it is in a worse state than the one that failed.
 */
export type FollowingReason = 'stop' | 'same_target' | 'same_vendor' | 'context' | 'resting' | 'unhealthier'

/** Uptime that the next target may have less than the failed one. */
const uptimeMargin = 0.25

type Rule = (failed: Candidate, next: Candidate) => FollowingReason | undefined

const otherTarget: Rule = (failed, next) => (idOf(failed) === idOf(next) ? 'same_target' : undefined)

/** What each failure asks of the next target. */
const rules: Readonly<Record<ErrorType, Rule>> = {
  rate_limit: otherTarget,
  quota_exceeded: otherTarget,
  auth: otherTarget,
  model_not_found: otherTarget,
  timeout: otherTarget,
  upstream_error: otherTarget,
  context_length: (failed, next) => {
    // A window that isn't known was too short; any that is known may be longer.
    const isLonger = next.contextWindow !== undefined && next.contextWindow > (failed.contextWindow ?? 0)
    return otherTarget(failed, next) ?? (isLonger ? undefined : 'context')
  },
  content_filter: (failed, next) => (vendorOf(failed) === vendorOf(next) ? 'same_vendor' : undefined),
  invalid_request: () => 'stop',
}

/**
 * Whether `next` may be tried after a failure: after `context_length` only a longer context window, after
 * `content_filter` only another vendor, after `invalid_request` nothing, after everything else any other target; never
 * one that rests, nor one whose uptime is more than 25 percentage points below that of the failed one.
 */
export function mayFollow(failed: { candidate: Candidate; type: ErrorType }, next: Candidate): Following {
  const reason = rules[failed.type](failed.candidate, next) ?? healthReason(failed.candidate, next)
  return reason === undefined ? { ok: true } : { ok: false, reason }
}

const vendorOf = ({ vendor, provider }: Candidate): string => vendor ?? provider

function healthReason({ health: failed }: Candidate, { health: next }: Candidate): FollowingReason | undefined {
  if (next?.status === 'resting') return 'resting'
  return failed && next && next.uptime < failed.uptime - uptimeMargin ? 'unhealthier' : undefined
}
