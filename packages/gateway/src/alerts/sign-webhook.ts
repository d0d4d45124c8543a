export interface SignedBody {
  body: string
  secret: string
  /** Ms since the epoch. */
  now: number
}

/**
 * The value of `gw-signature`: `t=` the second of the request, `v1=` HMAC-SHA256 of `{t}.{body}` in hex. Who verifies
 * computes the same over the bytes that arrived, compares in constant time, and refuses a `t` that is minutes old.
 */
export async function signWebhook({ body, secret, now }: SignedBody): Promise<string> {
  const encoder = new TextEncoder()
  const seconds = Math.floor(now / 1000)
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ])
  const signature = await crypto.subtle.sign('HMAC', key, encoder.encode(`${seconds}.${body}`))
  const hex = Array.from(new Uint8Array(signature), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `t=${seconds},v1=${hex}`
}
