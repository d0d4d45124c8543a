import type { ProviderError } from '@gw/adapters'
import type { Relay } from '../streams/relay.ts'
import type { Attempt } from './attempt-leg.ts'

/**
 * Holds an answer back as long as another target may still be tried, or until its first byte where the caller set a
 * limit for that. @returns why this target does not count.
 */
export async function primeFor(attempt: Attempt, relay: Relay): Promise<ProviderError | undefined> {
  const { leg, deps, startedAt, canFallBack } = attempt
  const { requestTimeoutMs } = leg.options
  const timeoutMs = requestTimeoutMs === undefined ? undefined : Math.max(1, startedAt + requestTimeoutMs - deps.now())
  if (canFallBack) return relay.prime({ until: 'output', timeoutMs })
  return timeoutMs === undefined ? undefined : relay.prime({ until: 'byte', timeoutMs })
}
