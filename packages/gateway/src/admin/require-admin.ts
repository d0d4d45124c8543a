import { GatewayError } from '@gw/headers'
import { withoutScheme } from '../steps/credentials.ts'

/** @throws GatewayError `unauthenticated` unless the request carries the admin key. */
export async function requireAdmin(headers: Headers, adminKey: string | undefined): Promise<void> {
  const given = withoutScheme(headers.get('authorization') ?? '')
  if (adminKey && given && (await isEqual(given, adminKey))) return
  const hint = adminKey ? 'Send `Authorization: Bearer <admin key>`.' : 'Set GW_ADMIN_KEY to open the control plane.'
  throw new GatewayError('unauthenticated', `The control plane needs the admin key. ${hint}`)
}

/** Compares digests, so that the time taken says nothing about the secrets. */
async function isEqual(a: string, b: string): Promise<boolean> {
  const [left, right] = await Promise.all([digest(a), digest(b)])
  let difference = 0
  for (const [index, byte] of left.entries()) difference |= byte ^ (right[index] ?? 0)
  return difference === 0
}

async function digest(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
}
