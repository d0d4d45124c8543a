/** Looks for secrets in what should hold none. */
export interface SecretFinder {
  add(name: string, secret: string): void
  /** Names of the secrets in a text. */
  find(text: string): string[]
  findInBytes(bytes: Buffer): string[]
}

export function createSecretFinder(): SecretFinder {
  const secrets = new Map<string, string>()
  return {
    add: (name, secret) => void secrets.set(secret, name),
    find: (text) => [...secrets].flatMap(([secret, name]) => (text.includes(secret) ? [name] : [])),
    findInBytes: (bytes) => [...secrets].flatMap(([secret, name]) => (bytes.includes(secret) ? [name] : [])),
  }
}
