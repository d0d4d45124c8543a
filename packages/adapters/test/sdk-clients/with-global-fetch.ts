import type { Fetch } from './sdk-client.ts'

/** Runs something with another global `fetch`, for clients that take none as an option. */
export async function withGlobalFetch<T>(fetch: Fetch, run: () => Promise<T>): Promise<T> {
  const real = globalThis.fetch
  globalThis.fetch = fetch
  try {
    return await run()
  } finally {
    globalThis.fetch = real
  }
}
