import { createBodyStore } from './create-body-store.ts'
import type { Env } from './env.ts'
import { readLogRetentionDays } from './read-config.ts'

const dayMs = 86_400_000
/** Two requests each: a free account of Cloudflare has 50 for each run. */
const mostBatches = 10

/** Removes what was asked and answered on days of which rows are not kept either, a bounded number at a time. */
export async function deleteOldBodies({ BODIES: bucket, ...env }: Env): Promise<number> {
  const days = readLogRetentionDays(env)
  if (!bucket || days === 0) return 0
  const store = createBodyStore(bucket)
  let deleted = 0
  for (let batch = 0; batch < mostBatches; batch += 1) {
    const count = await store.removeBefore(Date.now() - days * dayMs)
    deleted += count
    if (count === 0) break
  }
  return deleted
}
