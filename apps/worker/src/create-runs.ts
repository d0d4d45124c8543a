import type { Runs } from '@gw/gateway'
import type { Env } from './env.ts'

/** Runs, each in a Durable Object of its own. */
export function createRuns({ RUNS }: Pick<Env, 'RUNS'>): Runs {
  const objectOf = (id: string) => RUNS.get(RUNS.idFromName(id))
  return {
    start: ({ id, ...owner }, request) => objectOf(id).start({ id, ...owner }, request),
    resume: async ({ id, ...owner }, from) => (await objectOf(id).resume(owner, from)) ?? undefined,
  }
}
