import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { reprice } from '../money/reprice.ts'
import { operation } from './api/operation.ts'

const time = z.number().int().min(0)

/** Costs of a time, computed anew, a page of rows at a time; budgets keep what they have counted. */
export function repriceOperations(deps: Deps) {
  return [
    operation(
      {
        method: 'POST',
        path: '/reprice',
        tag: 'Prices',
        access: 'admin',
        summary: 'Computes the cost of rows anew, a page at a time.',
        body: z
          .strictObject({
            from: time,
            to: time,
            cursor: z.string().min(1).nullable().default(null),
            limit: z.number().int().min(1).max(1000).default(500),
          })
          .refine(({ from, to }) => from < to, {
            path: ['to'],
            error: 'must be later than from, both in ms since the epoch',
          }),
        answer: z.object({
          repriced: z.number(),
          changed: z.number(),
          unpriced: z.number(),
          next_cursor: z.string().nullable(),
        }),
      },
      async ({ org, body: { cursor, ...query } }) => {
        const prices = await deps.control.prices.list(org.id)
        const page = await deps.logs.listPriced({ orgId: org.id, ...query, ...(cursor !== null && { cursor }) })
        const results = page.data.map((row) => {
          const provider = deps.providers.find(row.provider ?? '')
          return { row, repriced: reprice(row, { provider, prices }) }
        })
        const costs = results.flatMap(({ repriced }) => (repriced.kind === 'new' ? repriced.cost : []))
        await deps.logs.reprice(org.id, costs, deps.now())
        const count = (kind: string): number => results.filter(({ repriced }) => repriced.kind === kind).length
        const changed = results.filter(
          ({ row, repriced }) => repriced.kind === 'new' && repriced.cost.cost_nano_usd !== row.cost_nano_usd,
        )
        return {
          repriced: count('new') + count('same'),
          changed: changed.length,
          unpriced: count('unpriced'),
          next_cursor: page.next_cursor,
        }
      },
    ),
  ] as const
}
