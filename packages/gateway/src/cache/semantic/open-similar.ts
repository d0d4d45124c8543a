import type { Deps } from '../../deps.ts'
import type { Plan } from '../../plan.ts'
import type { Purse } from '../../steps/purse.ts'
import type { Caching } from '../create-caching.ts'
import { createCacheKey, recallCacheKey, type CacheScope, type CacheSubject } from '../create-cache-key.ts'
import { splitLastUserText } from './split-last-user-text.ts'

/** What is known of requests that are like this one. */
export interface Similar {
  /** The answer to one that is near enough. */
  value: Uint8Array<ArrayBuffer> | undefined
  /** Notes that this request has an answer now. */
  remember(variant: string, ttlMs: number): Promise<void>
}

export interface SimilarRequest {
  plan: Pick<Plan, 'chat' | 'itinerary'>
  purse: Purse
  scope: CacheScope
  subject: CacheSubject
  cache: Caching
}

/** How near a text must be where the gateway does not say, cosine. */
const usualThreshold = 0.95

/** What embedding and searching may take, ms. */
const mostMs = 1500

/**
 * Looks for the answer to a chat request that is equal in everything but the last text of its user, and alike in that.
 * `undefined` where the gateway does not want that, or it cannot be done: never an error.
 */
export async function openSimilar(request: SimilarRequest, deps: Deps): Promise<Similar | undefined> {
  const { plan, purse, scope, subject, cache } = request
  const { semantic, answers } = cache
  const setting = purse.gateway.settings.semantic_cache
  const { chat } = plan
  if (!semantic || !setting || !chat || 'customKey' in subject.content) return undefined
  const said = splitLastUserText(chat.body, chat.turns)
  if (!said) return undefined

  const form = ['semantic', ...subject.form]
  const content = { identity: [said.rest, ...chat.around, plan.itinerary.identity ?? ''] }
  const partition = await createCacheKey(scope, { ...subject, form, content })
  const { index, embedder } = semantic
  const search = async () => {
    const vector = await embedder.embed(said.text, { purse, deps })
    return vector && { vector, near: await index.query(partition, vector) }
  }
  const found = await inTime(search(), (error) => deps.report(error, purse.logId))
  if (!found) return undefined
  const { vector, near } = found
  const isNear = near !== undefined && near.similarity >= (setting.threshold ?? usualThreshold)
  const value = isNear
    ? await inTime(answers.find(recallCacheKey(partition, near.variant)), () => undefined)
    : undefined
  if (isNear && !value) purse.background(index.remove(partition, near.variant).catch(() => undefined))
  return { value, remember: (variant, ttlMs) => index.insert(partition, { variant, vector, ttlMs }) }
}

async function inTime<T>(work: Promise<T>, report: (error: unknown) => void): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), mostMs)))
  try {
    return await Promise.race([work, late])
  } catch (error) {
    report(error)
    return undefined
  } finally {
    if (timer !== undefined) clearTimeout(timer)
  }
}
