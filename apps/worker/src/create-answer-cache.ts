import type { AnswerCache, CacheKey, Opened } from '@gw/gateway'
import type { Found } from './cached-answer.ts'
import type { Env } from './env.ts'

/** Answers, each place of the cache in a Durable Object of its own. */
export function createAnswerCache({ ANSWERS }: Pick<Env, 'ANSWERS'>): AnswerCache {
  const objectOf = ({ place }: CacheKey) => ANSWERS.get(ANSWERS.idFromName(place))
  return {
    open: async (key, turn) => read(await objectOf(key).open(key.variant, turn)),
    find: async (key) => {
      const value = await objectOf(key).find(key.variant)
      return value === null ? undefined : bytesOf(value)
    },
    wait: async (key, turn, waitMs) => read(await objectOf(key).wait(key.variant, turn, waitMs)),
    renew: async (key, turn) => objectOf(key).renew(key.variant, turn),
    keep: async (key, keeping) => objectOf(key).keep(key.variant, keeping),
    leave: async (key, turn) => objectOf(key).leave(key.variant, turn),
    remove: async (key) => objectOf(key).remove(),
  }
}

async function read(found: Found): Promise<Opened> {
  return found.state === 'kept' ? { state: 'kept', value: await bytesOf(found.value) } : found
}

async function bytesOf(value: Uint8Array | ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(value).arrayBuffer())
}
