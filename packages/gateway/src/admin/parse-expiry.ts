import { GatewayError } from '@gw/headers'

/** When a key expires, ms since the epoch; `null` is never. @throws GatewayError `invalid_request` for a time that is over. */
export function parseExpiry(at: number | null, now: number): number | null {
  if (at === null || at > now) return at
  const param = 'expires_at'
  throw new GatewayError(
    'invalid_request',
    `${param}: this moment is over. Send a later one in ms since the epoch, such as ${now + 2_592_000_000}, or null for never.`,
    { detail: { param } },
  )
}
