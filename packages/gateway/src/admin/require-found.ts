import { GatewayError } from '@gw/headers'

/** What was looked for. @throws GatewayError `not_found` saying what is not there and where to look. */
export function requireFound<T>(found: T | undefined | false, what: string): T {
  if (found !== undefined && found !== false) return found
  throw new GatewayError('not_found', what)
}
