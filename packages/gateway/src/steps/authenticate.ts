import { GatewayError } from '@gw/headers'
import { hashGatewayKey, type Caller, type KeyStore } from '@gw/keys'
import { findGatewayKey } from './credentials.ts'

/** Whose request it is. @throws GatewayError `unauthenticated` without a valid gateway key. */
export async function authenticate(http: Request, url: URL, keys: KeyStore): Promise<Caller> {
  const secret = findGatewayKey(http.headers, url)
  if (!secret) {
    throw new GatewayError(
      'unauthenticated',
      "Missing gateway key. Send `cf-aig-authorization: Bearer gw_…`, or the key as your SDK's API key.",
    )
  }
  const key = await keys.findByHash(await hashGatewayKey(secret))
  if (!key)
    throw new GatewayError('unauthenticated', 'Unknown gateway key. Check that it is complete and of this gateway.')
  if (key.revokedAt !== null) throw new GatewayError('unauthenticated', 'This gateway key was revoked. Use a new one.')
  return { gatewayKeyId: key.id, orgId: key.orgId, userId: key.userId }
}
