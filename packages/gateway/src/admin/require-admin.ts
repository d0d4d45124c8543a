import { GatewayError } from '@gw/headers'
import { withoutScheme } from '../steps/credentials.ts'
import { isAdminKey } from './is-admin-key.ts'

/** @throws GatewayError `unauthenticated` unless the request carries the admin key. */
export async function requireAdmin(headers: Headers, adminKey: string | undefined): Promise<void> {
  const given = withoutScheme(headers.get('authorization') ?? '')
  if (given && (await isAdminKey(given, { adminKey }))) return
  const hint = adminKey ? 'Send `Authorization: Bearer <admin key>`.' : 'Set GW_ADMIN_KEY to open the control plane.'
  throw new GatewayError('unauthenticated', `The control plane needs the admin key. ${hint}`)
}
