import * as z from 'zod'

/** Cloudflare's envelope around what went well. */
export function success(result: unknown) {
  return { success: true, result, errors: [], messages: [] }
}

/** Which page of a list. */
export const pageSchema = z.object({
  page: z.coerce.number().int().min(1).default(1),
  per_page: z.coerce.number().int().min(1).max(100).default(20),
})

/** A time as Cloudflare writes it. */
export const timeOf = (ms: number): string => new Date(ms).toISOString()

interface Page {
  page: number
  per_page: number
}

/** A page of a list; past the end it is empty, which is how clients know that they have all. */
export function listed<T>(all: readonly T[], { page, per_page }: Page) {
  const result = all.slice((page - 1) * per_page, page * per_page)
  return {
    ...success(result),
    result_info: { count: result.length, page, per_page, total_count: all.length },
  }
}
