import type { TextStore } from './create-response-store.ts'

/** Texts in memory, for tests and for gateways of one process. They expire `ttlMs` after they were put. */
export function createMemoryTextStore({ ttlMs, now }: { ttlMs: number; now(): number }): TextStore {
  const kept = new Map<string, { text: string; expiresAt: number }>()
  const find = (name: string): string | undefined => {
    const found = kept.get(name)
    if (found && found.expiresAt <= now()) kept.delete(name)
    return found && found.expiresAt > now() ? found.text : undefined
  }
  return {
    put: async (name, text) => void kept.set(name, { text, expiresAt: now() + ttlMs }),
    get: async (name) => find(name),
    remove: async (name) => find(name) !== undefined && kept.delete(name),
  }
}
