import { createWorkersAIEmbedder, type Caching, type SemanticIndex } from '@gw/gateway'
import * as z from 'zod'
import type { Env } from './env.ts'

const about = z.object({ partition: z.string(), expiresAt: z.number() })

/** How many neighbours are looked at: those of other partitions of the organisation do not count. */
const mostNeighbours = 20

/** Answers to alike requests, where the operator has bound a Vectorize index. */
export function createSemanticCache({ VECTORIZE }: Pick<Env, 'VECTORIZE'>): Caching['semantic'] {
  return VECTORIZE && { index: createVectorizeIndex(VECTORIZE), embedder: createWorkersAIEmbedder() }
}

/** One namespace for each organisation. What a neighbour belongs to is looked at again here. */
function createVectorizeIndex(vectors: Pick<Vectorize, 'query' | 'upsert' | 'deleteByIds'>): SemanticIndex {
  return {
    query: async ({ orgId, variant: partition }, vector) => {
      const { matches } = await vectors.query([...vector], {
        namespace: orgId,
        topK: mostNeighbours,
        returnMetadata: 'all',
        filter: { partition },
      })
      for (const { id, score, metadata } of matches) {
        const known = about.safeParse(metadata)
        const isOurs = known.success && known.data.partition === partition && known.data.expiresAt > Date.now()
        if (isOurs) return { variant: id, similarity: score }
      }
      return undefined
    },
    insert: async ({ orgId, variant: partition }, { variant, vector, ttlMs }) => {
      const metadata = { partition, expiresAt: Date.now() + ttlMs }
      await vectors.upsert([{ id: variant, namespace: orgId, values: [...vector], metadata }])
    },
    remove: async (_, variant) => void (await vectors.deleteByIds([variant])),
  }
}
