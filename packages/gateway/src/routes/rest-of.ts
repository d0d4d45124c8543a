import type { Context } from 'hono'

/** What stands after the first `segments` segments of the path, as the caller escaped it. */
export function restOf(c: Context, segments: number): string {
  return new URL(c.req.url).pathname
    .split('/')
    .slice(segments + 1)
    .join('/')
}
