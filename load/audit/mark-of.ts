import type { UpstreamRecord } from './evidence.ts'

/** The request that a provider's request is of, by its text. */
export function markOf({ body }: UpstreamRecord): string | undefined {
  return /\b(load-\d+)\.\d+ f=/.exec(JSON.stringify(body ?? ''))?.[1]
}
