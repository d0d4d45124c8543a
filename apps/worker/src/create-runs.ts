import type { Runs } from '@gw/gateway'
import type { Env } from './env.ts'
import { readRunTtlMs } from './read-config.ts'

/** Runs, each in a Durable Object of its own. @throws Error when `GW_RUN_TTL_SECONDS` is wrong. */
export function createRuns({ RUNS, ...env }: Pick<Env, 'RUNS' | 'GW_RUN_TTL_SECONDS'>): Runs {
  // A wrong setting is for the operator to see now, and not when the first run has ended.
  readRunTtlMs(env)
  const objectOf = (id: string) => RUNS.get(RUNS.idFromName(id))
  return {
    start: ({ id, ...owner }, request) => objectOf(id).start({ id, ...owner }, request),
    abandon: async ({ id, ...owner }) => (await objectOf(id).abandon(owner)) ?? undefined,
    resume: async ({ id, ...owner }, from) => (await objectOf(id).resume(owner, from)) ?? undefined,
  }
}
