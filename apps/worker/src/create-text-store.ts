import type { TextStore } from '@gw/gateway'
import type { Env } from './env.ts'
import { readResponseTtlMs } from './read-config.ts'

/** Texts, each in a Durable Object of its own. @throws Error when `GW_RESPONSE_TTL_SECONDS` is wrong. */
export function createTextStore({ TEXTS, ...env }: Pick<Env, 'TEXTS' | 'GW_RESPONSE_TTL_SECONDS'>): TextStore {
  const ttlMs = readResponseTtlMs(env)
  const objectOf = (name: string) => TEXTS.get(TEXTS.idFromName(name))
  return {
    put: (name, text) => objectOf(name).put(new Blob([text]).stream(), ttlMs),
    get: async (name) => {
      const text = await objectOf(name).get()
      return text ? new Response(text).text() : undefined
    },
    remove: (name) => objectOf(name).remove(),
  }
}
