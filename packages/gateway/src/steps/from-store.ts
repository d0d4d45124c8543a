import { GatewayError, isGatewayError } from '@gw/headers'

/**
 * What a store says. What it knew is used for some minutes while it cannot be reached; after that the request cannot go on.
 * @throws GatewayError `unavailable`
 */
export async function fromStore<T>(answer: Promise<T>, report: (error: unknown) => void): Promise<T> {
  try {
    return await answer
  } catch (cause) {
    if (isGatewayError(cause)) throw cause
    report(cause)
    throw new GatewayError('unavailable', 'The gateway cannot reach its database. Try again in a few seconds.', {
      cause,
      retryAfterMs: 5000,
    })
  }
}
