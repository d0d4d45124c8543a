import { GatewayError } from '@gw/headers'
import { checkGatewayKey, hashGatewayKey, type Caller, type KeyStore } from '@gw/keys'
import { findGatewayKey } from './credentials.ts'

/** Whose request it is, at the moment `now`. @throws GatewayError `unauthenticated` without a valid gateway key. */
export async function authenticate(
  http: Request,
  url: URL,
  { keys, now }: { keys: KeyStore; now(): number },
): Promise<Caller> {
  const secret = findGatewayKey(http.headers, url)
  if (!secret) {
    throw new GatewayError(
      'unauthenticated',
      "Missing gateway key. Send `cf-aig-authorization: Bearer gw_…`, or the key as your SDK's API key.",
    )
  }
  const hash = await hashGatewayKey(secret)
  const key = await keys.findByHash(hash)
  if (!key)
    throw new GatewayError('unauthenticated', 'Unknown gateway key. Check that it is complete and of this gateway.')
  const state = checkGatewayKey(key, hash, now())
  if (state === 'revoked') throw new GatewayError('unauthenticated', 'This gateway key was revoked. Use a new one.')
  if (state === 'expired') throw new GatewayError('unauthenticated', 'This gateway key has expired. Use a new one.')
  return { gatewayKeyId: key.id, orgId: key.orgId, userId: key.userId, scopes: key.scopes }
}
