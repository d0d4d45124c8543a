/** A gateway key as it is stored: never the key, only its hash. */
export interface GatewayKey {
  id: string
  orgId: string
  userId: string | null
  name: string
  /** SHA-256 of the key, 64 hex digits. */
  hash: string
  /** Last four characters, to recognise it by. */
  lastFour: string
  /** Ms since the epoch. */
  createdAt: number
  revokedAt: number | null
  /** From then on the key is refused. */
  expiresAt: number | null
  scopes: KeyScopes
  lastUsedAt: number | null
  /** Hash of the secret before the last rotation, still taken until `previousUntil`. */
  previousHash: string | null
  previousUntil: number | null
}

/** What a key may be used for: patterns in which `*` stands for any text. A list that is absent allows everything. */
export interface KeyScopes {
  models?: readonly string[]
  providers?: readonly string[]
  endpoints?: readonly string[]
  gateways?: readonly string[]
}

/** Who holds a gateway key; everything that a request does is done and paid in their name. */
export interface Caller {
  gatewayKeyId: string
  orgId: string
  userId: string | null
  scopes: KeyScopes
}

const prefix = 'gw_'

/** True for text that has the form of a gateway key, valid or not; such text must never reach a provider. */
export function isGatewayKey(text: string): boolean {
  return text.startsWith(prefix)
}

/** A new key: `gw_` and 256 random bits. Shown once, then only its hash is kept. */
export function createGatewayKeySecret(random: (bytes: Uint8Array<ArrayBuffer>) => void): string {
  const bytes = new Uint8Array(32)
  random(bytes)
  return (
    prefix +
    btoa(String.fromCharCode(...bytes))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '')
  )
}

/** SHA-256 of a key as 64 hex digits. A hash without salt is enough for 256 random bits. */
export async function hashGatewayKey(secret: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
