import { GatewayError } from '@gw/headers'
import * as z from 'zod'

/** How much of a list is asked for. */
export const pageFields = {
  limit: z.coerce.number().int().min(1).max(1000).default(1000),
  cursor: z.string().min(1).optional(),
}

/** A list, and where the rest of it begins. */
export function listSchema<T extends z.ZodType>(item: T) {
  return z.object({ data: z.array(item), next_cursor: z.string().nullable() })
}

interface PageOptions<T> {
  limit: number
  cursor?: string | undefined
  /** What the list is in the order of, unique. */
  keyOf(item: T): string
}

/**
 * A page of a list that is read whole, because it is short. The cursor is the last item of the page before.
 * @throws GatewayError `invalid_request` where that item is gone
 */
export function toPage<T>(items: readonly T[], { limit, cursor, keyOf }: PageOptions<T>) {
  const at = cursor === undefined ? -1 : items.findIndex((item) => keyOf(item) === cursor)
  if (cursor !== undefined && at === -1) {
    throw new GatewayError(
      'invalid_request',
      'cursor: names nothing in this list, which has changed. Begin again without it.',
      {
        detail: { param: 'cursor' },
      },
    )
  }
  const data = items.slice(at + 1, at + 1 + limit)
  const last = data.at(-1)
  return { data, next_cursor: at + 1 + limit < items.length && last !== undefined ? keyOf(last) : null }
}
