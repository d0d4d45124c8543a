import { parseObject } from '@gw/adapters'
import type { Vault } from '@gw/keys'
import * as z from 'zod'
import type { AnswerCache, Opened } from './answer-cache.ts'
import type { CacheKey } from './cache-key.ts'
import { formatFrame } from './format-frame.ts'
import { parseFrame } from './parse-frame.ts'

const schema = z.object({ sealed: z.object({ version: z.string(), dataKey: z.string() }) })

export interface SealedAnswerCacheOptions {
  answers: AnswerCache
  vault: Pick<Vault, 'sealBytes' | 'openBytes'>
}

/**
 * A cache that keeps nothing readable: each answer is sealed for its tenant and its key. One that does not open, because
 * its master key is gone or it was put there for another, is as if it were not there.
 */
export function createSealedAnswerCache({ answers, vault }: SealedAnswerCacheOptions): AnswerCache {
  const boundTo = ({ orgId, variant }: CacheKey) => ({ orgId, recordId: variant })

  const unseal = async (
    key: CacheKey,
    value: Uint8Array<ArrayBuffer>,
  ): Promise<Uint8Array<ArrayBuffer> | undefined> => {
    const frame = parseFrame(value)
    if (!frame) return undefined
    const head = schema.safeParse(parseObject(frame.text))
    if (!head.success) return undefined
    const sealed = { ...head.data.sealed, bytes: frame.bytes }
    return vault.openBytes(sealed, boundTo(key)).catch(() => undefined)
  }
  const opened = async (key: CacheKey, found: Opened): Promise<Opened | undefined> => {
    if (found.state !== 'kept') return found
    const value = await unseal(key, found.value)
    return value && { state: 'kept', value }
  }

  return {
    ...answers,
    open: async (key, turn) => {
      const found = await opened(key, await answers.open(key, turn))
      if (found) return found
      await answers.remove(key)
      return (await opened(key, await answers.open(key, turn))) ?? { state: 'late' }
    },
    find: async (key) => {
      const value = await answers.find(key)
      return value && unseal(key, value)
    },
    wait: async (key, turn, waitMs) => (await opened(key, await answers.wait(key, turn, waitMs))) ?? { state: 'late' },
    keep: async (key, { value, ...keeping }) => {
      const { bytes, ...sealed } = await vault.sealBytes(value, boundTo(key))
      return answers.keep(key, { ...keeping, value: formatFrame(JSON.stringify({ sealed }), bytes) })
    },
  }
}
