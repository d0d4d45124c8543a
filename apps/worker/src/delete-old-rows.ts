import { createStores } from './create-stores.ts'
import type { Env } from './env.ts'
import { readLogRetentionDays } from './read-config.ts'

const [hourMs, dayMs] = [3_600_000, 86_400_000]
/** Forty statements at most: a free account of Cloudflare has 50 for each run. */
const [mostBatches, batchSize] = [10, 2000]

/**
 * Deletes rows of requests that are older than they are kept, a bounded number at a time; roll-ups keep them. Only whole
 * hours go, so that every hour has all of its rows or none that counts.
 * @returns how many
 */
export async function deleteOldRows(env: Env): Promise<number> {
  const days = readLogRetentionDays(env)
  if (days === 0) return 0
  const { upkeep } = createStores(env.DB, () => Date.now())
  const before = Math.floor((Date.now() - days * dayMs) / hourMs) * hourMs
  let deleted = 0
  for (let batch = 0; batch < mostBatches; batch += 1) {
    const count = await upkeep.deleteRows({ before, limit: batchSize })
    deleted += count
    if (count < batchSize) break
  }
  return deleted
}
