interface Key {
  id: string
  secret: string
  expiresAt: number
}

interface KeyHolderOptions {
  /** Makes a gateway key that works until then. */
  make(expiresAt: number): Promise<{ id: string; key: string }>
  revoke(id: string): Promise<unknown>
  now?: () => number
}

/** A gateway key that lives in the page's memory. */
export interface KeyHolder {
  /** Makes it when it is first needed, and anew when its hour is nearly over. */
  get(): Promise<string>
  /** Revokes it, if there is one. */
  drop(): void
}

const lifetimeMs = 3_600_000
/** A long answer shall not outlive its key. */
const reserveMs = 300_000

/** Keeps a key for a page, and nowhere else. */
export function createKeyHolder({ make, revoke, now = Date.now }: KeyHolderOptions): KeyHolder {
  let held: Promise<Key> | undefined
  const fresh = async (): Promise<Key> => {
    const expiresAt = now() + lifetimeMs
    const { id, key: secret } = await make(expiresAt)
    return { id, secret, expiresAt }
  }
  const get = async (): Promise<string> => {
    held ??= fresh()
    const asked = held
    try {
      const key = await asked
      if (key.expiresAt - now() > reserveMs) return key.secret
    } catch (error) {
      if (held === asked) held = undefined
      throw error
    }
    if (held === asked) held = fresh()
    return (await held).secret
  }
  const drop = (): void => {
    const dropped = held
    held = undefined
    // It ends by itself within the hour, if this does not reach the gateway.
    dropped?.then(({ id }) => revoke(id)).catch(() => undefined)
  }
  return { get, drop }
}
