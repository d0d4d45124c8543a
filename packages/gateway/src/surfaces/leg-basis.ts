import type { UpstreamLeg } from '../plan.ts'
import type { LegChange } from '../routing/routable.ts'
import { findUpstreamSecret } from '../steps/credentials.ts'
import { retryPolicyOf } from '../steps/retry-policy-of.ts'
import type { Inbound } from './surface.ts'

/** What every leg of a request has in common, and what the choice of its target changes. */
export function legBasis(
  { http, options, gateway }: Inbound,
  { isChosen = false, requestTimeoutMs, maxAttempts }: LegChange = {},
): Pick<UpstreamLeg, 'secret' | 'retry' | 'options'> {
  const retry = retryPolicyOf(options, gateway)
  return {
    secret: isChosen ? undefined : findUpstreamSecret(http.headers),
    retry: maxAttempts === undefined ? retry : { ...retry, maxAttempts },
    options: requestTimeoutMs === undefined ? options : { ...options, requestTimeoutMs },
  }
}
