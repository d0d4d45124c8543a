import { createCaching, createSealedAnswerCache, type Caching } from '@gw/gateway'
import type { Vault } from '@gw/keys'
import { createAnswerCache } from './create-answer-cache.ts'
import { createSemanticCache } from './create-semantic-cache.ts'
import type { Env } from './env.ts'

/** The cache of answers, sealed where there is a vault. */
export function createCache(env: Pick<Env, 'ANSWERS' | 'VECTORIZE'>, vault: Vault | undefined): Caching {
  const answers = createAnswerCache(env)
  const semantic = createSemanticCache(env)
  return createCaching({
    answers: vault ? createSealedAnswerCache({ answers, vault }) : answers,
    ...(semantic && { semantic }),
  })
}
