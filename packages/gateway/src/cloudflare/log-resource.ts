import { GatewayError } from '@gw/headers'
import { Hono, type Context } from 'hono'
import * as z from 'zod'
import { logPatchSchema } from '../admin/log-patch-schema.ts'
import { parse } from '../admin/parse.ts'
import { readBody } from '../admin/read-body.ts'
import { toGatewayLog } from '../binding/to-gateway-log.ts'
import type { Deps } from '../deps.ts'
import type { LogFilter } from '../logs/log-filter.ts'
import type { LogRecord } from '../logs/log-record.ts'
import { success } from './envelope.ts'
import { findAccountGateway } from './find-account.ts'
import { readLogFilters } from './read-log-filters.ts'

const listQuery = z.object({
  page: z.coerce.number().int().min(1).default(1),
  per_page: z.coerce.number().int().min(1).max(100).default(20),
  search: z.string().max(200).optional(),
  order_by: z.literal('created_at', 'gw lists logs by created_at alone').optional(),
  order_by_direction: z.literal('desc', 'gw lists logs newest first').optional(),
  direction: z.literal('desc', 'gw lists logs newest first').optional(),
  start_date: z.iso.datetime({ offset: true }).optional(),
  end_date: z.iso.datetime({ offset: true }).optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(10_000),
})

/** One read of the store. */
const mostAtOnce = 1000

/** Log rows. @see https://developers.cloudflare.com/api/resources/ai_gateway/subresources/logs/ */
export function logResource(deps: Deps): Hono {
  const { logs, bodies } = deps
  const app = new Hono()
  const find = async (c: Context) => {
    const { orgId, gateway } = await findAccountGateway(c, deps)
    const row = await logs.find(orgId, c.req.param('log') ?? '')
    if (row?.gateway_id === gateway.id) return row
    throw new GatewayError('log_not_found', `Gateway "${gateway.id}" has no log row with this id.`)
  }

  app.get('/', async (c) => {
    const { page, per_page, query } = await readQuery(c, deps)
    const wanted = page * per_page
    const [rows, counts] = await Promise.all([
      collect(query, { skip: wanted - per_page, wanted: per_page }, deps),
      logs.histogram({ ...query, bucketMs: Number.MAX_SAFE_INTEGER }),
    ])
    const result = rows.map(toGatewayLog)
    const total_count = counts.reduce((sum, { ok, error }) => sum + ok + error, 0)
    return c.json({ ...success(result), result_info: { count: result.length, page, per_page, total_count } })
  })
  app.delete('/', async (c) => {
    const { query, limit } = await readQuery(c, deps)
    const rows = await collect(query, { skip: 0, wanted: limit }, deps)
    const ids = rows.map(({ id }) => id)
    for (let at = 0; at < ids.length; at += mostAtOnce) {
      const some = ids.slice(at, at + mostAtOnce)
      await bodies?.remove(some.map((logId) => ({ orgId: query.orgId, logId })))
      await logs.remove(query.orgId, some)
    }
    return c.json({ success: true })
  })
  app.get('/:log', async (c) => c.json(success(toGatewayLog(await find(c)))))
  app.patch('/:log', async (c) => {
    const { metadata, ...judgement } = parse(logPatchSchema, await readBody(c))
    const row = await find(c)
    await logs.patch(row.org_id, row.id, { ...judgement, ...(metadata !== undefined && { metadata: metadata ?? {} }) })
    return c.json(success({}))
  })
  for (const part of ['request', 'response'] as const) {
    app.get(`/:log/${part}`, async (c) => {
      const row = await find(c)
      const kept = await bodies?.get({ orgId: row.org_id, logId: row.id })
      const text = kept?.[part] ?? undefined
      if (text === undefined) throw new GatewayError('not_found', `The ${part} of this row is not kept.`)
      const type = part === 'request' ? 'application/json' : (kept?.responseType ?? 'text/plain')
      return c.body(text, 200, { 'content-type': type })
    })
  }
  return app
}

async function readQuery(c: Context, deps: Deps) {
  const { search, start_date, end_date, ...page } = parse(listQuery, c.req.query())
  const { orgId, gateway } = await findAccountGateway(c, deps)
  const filters: LogFilter[] = readLogFilters(new URL(c.req.url).searchParams)
  const query = {
    orgId,
    gatewayId: gateway.id,
    filters,
    search,
    ...(start_date !== undefined && { from: Date.parse(start_date) }),
    ...(end_date !== undefined && { to: Date.parse(end_date) }),
  }
  return { ...page, query }
}

type Query = Awaited<ReturnType<typeof readQuery>>['query']

/** Rows of a list, page by page of the store; those that are skipped are not kept in memory. */
async function collect(
  query: Query,
  { skip, wanted }: { skip: number; wanted: number },
  { logs }: Deps,
): Promise<LogRecord[]> {
  const rows: LogRecord[] = []
  let passed = 0
  let cursor: string | undefined
  do {
    const limit = Math.min(skip + wanted - passed, mostAtOnce)
    const page = await logs.list({ ...query, limit, cursor })
    rows.push(...page.data.slice(Math.max(0, skip - passed)))
    passed += page.data.length
    cursor = page.next_cursor ?? undefined
  } while (cursor !== undefined && rows.length < wanted)
  return rows
}
