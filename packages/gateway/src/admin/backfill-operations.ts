import { GatewayError } from '@gw/headers'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { operation } from './api/operation.ts'

const [hourMs, dayMs] = [3_600_000, 86_400_000]
/** Steps of one request: a free account of Cloudflare asks its database at most 50 times. */
const mostSteps = 40
const mostMs = 10_000
const time = z.number().int().min(0).max(8_640_000_000_000_000)

/** Roll-ups made anew from rows, a few UTC days at a time. */
export function backfillOperations(deps: Deps) {
  const { upkeep } = deps.control
  return [
    operation(
      {
        method: 'POST',
        path: '/backfill',
        tag: 'Analytics',
        access: 'admin',
        summary: 'Makes the roll-ups of whole hours anew from rows, a few days at a time.',
        body: z
          .strictObject({
            from: time,
            to: time,
            step_hours: z.number().int().min(1).max(24).default(24),
            cursor: z
              .string()
              .regex(/^\d{1,16}$/)
              .nullable()
              .default(null),
          })
          .refine(({ from, to }) => from < to, {
            path: ['to'],
            error: 'must be later than from, both in ms since the epoch',
          }),
        answer: z.object({ rebuilt_hours: z.number(), next_cursor: z.string().nullable() }),
      },
      async ({ org, body: { from, to, step_hours: stepHours, cursor } }) => {
        const start = deps.now()
        const begin = Math.floor((cursor === null ? from : Number(cursor)) / hourMs) * hourMs
        const end = Math.ceil(to / hourMs) * hourMs
        requireRows(begin, await upkeep.deletedBefore())
        let at = begin
        for (let step = 0; step < mostSteps && at < end && deps.now() - start < mostMs; step += 1) {
          const next = Math.min(at + stepHours * hourMs, Math.floor(at / dayMs) * dayMs + dayMs, end)
          await upkeep.rebuild({ orgId: org.id, from: at, to: next, at: deps.now() })
          at = next
        }
        return { rebuilt_hours: Math.max(at - begin, 0) / hourMs, next_cursor: at < end ? String(at) : null }
      },
    ),
  ] as const
}

/** Hours of which rows are gone would come out too small. */
function requireRows(from: number, deletedBefore: number): void {
  if (from >= deletedBefore) return
  const first = new Date(Math.ceil(deletedBefore / hourMs) * hourMs).toISOString()
  throw new GatewayError(
    'invalid_request',
    `from: rows from before ${new Date(deletedBefore).toISOString()} are deleted for their age, and their roll-ups are all that is left of them. Begin at ${first} or later.`,
    { detail: { param: 'from' } },
  )
}
