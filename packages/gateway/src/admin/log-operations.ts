import { GatewayError } from '@gw/headers'
import * as z from 'zod'
import type { Deps } from '../deps.ts'
import { exportLogs, exportTypes } from '../logs/export-logs.ts'
import { tailLogs } from '../logs/tail-logs.ts'
import { listSchema } from './api/list-schema.ts'
import { operation } from './api/operation.ts'
import { filtersSchema } from './filters-schema.ts'
import { logAnswer } from './log-answer.ts'
import { logHistogram } from './log-histogram.ts'
import { logPatchSchema } from './log-patch-schema.ts'
import { toLogFilters } from './to-log-filters.ts'

const tag = 'Logs'
const time = z.coerce.number().int().min(0).max(8_640_000_000_000_000).optional()
const search = z.string().max(200).optional()
const asked = { gateway_id: z.string().optional(), from: time, to: time, filters: filtersSchema, search }

/** Rows of requests that have ended, and what was asked and answered. */
export function logOperations(deps: Deps) {
  return [...listOperations(deps), ...rowOperations(deps), ...bodyOperations(deps)] as const
}

type Asked = z.output<z.ZodObject<typeof asked>>

function toQuery(orgId: string, { gateway_id: gatewayId, filters, ...query }: Asked) {
  return { orgId, gatewayId, ...query, filters: toLogFilters(filters) }
}

function listOperations(deps: Deps) {
  const { logs } = deps
  return [
    operation(
      {
        method: 'GET',
        path: '/logs',
        tag,
        access: 'viewer',
        summary: 'Rows, newest first. A filtered page may be short and yet have a next one.',
        query: z.object({
          ...asked,
          limit: z.coerce.number().int().min(1).max(1000).default(50),
          cursor: z.string().optional(),
        }),
        answer: listSchema(logAnswer),
      },
      async ({ org, query: { limit, cursor, ...query } }) => logs.list({ ...toQuery(org.id, query), limit, cursor }),
    ),
    operation(
      {
        method: 'GET',
        path: '/logs/histogram',
        tag,
        access: 'viewer',
        summary: 'How many rows succeeded and failed over time; of more than a day, from roll-ups.',
        query: z.strictObject(asked),
        answer: z.object({
          bucket_ms: z.number(),
          data: z.array(z.object({ at: z.number(), ok: z.number(), error: z.number() })),
          /** Filters that roll-ups do not know, and that are not counted. */
          ignored: z.array(z.string()),
        }),
      },
      async ({ org, query }) => logHistogram(toQuery(org.id, query), deps),
    ),
    operation(
      {
        method: 'GET',
        path: '/logs/export',
        tag,
        access: 'member',
        summary: 'All rows that match, as a stream of lines.',
        query: z.strictObject({ ...asked, format: z.enum(['ndjson', 'csv']).default('ndjson') }),
        answer: z.string(),
        contentTypes: Object.values(exportTypes),
      },
      async ({ org, query: { format, ...query } }) => exportLogs(toQuery(org.id, query), format, logs),
    ),
    operation(
      {
        method: 'GET',
        path: '/logs/live',
        tag,
        access: 'viewer',
        summary: 'Rows as they arrive, as server-sent events; a client goes on with `Last-Event-ID`.',
        query: z.strictObject({ gateway_id: asked.gateway_id, filters: filtersSchema, search }),
        answer: z.string(),
        contentTypes: ['text/event-stream'],
      },
      async ({ org, query, c }) =>
        tailLogs(toQuery(org.id, { ...query, from: undefined, to: undefined }), {
          signal: c.req.raw.signal,
          after: c.req.header('last-event-id'),
          deps,
        }),
    ),
    operation(
      {
        method: 'DELETE',
        path: '/logs',
        tag,
        access: 'admin',
        summary: 'Removes rows that match, at most a thousand at once, with what was kept beside them. Roll-ups stay.',
        query: z.strictObject({ ...asked, limit: z.coerce.number().int().min(1).max(1000).default(1000) }),
        answer: z.object({ removed: z.number(), next_cursor: z.string().nullable() }),
      },
      async ({ org, query: { limit, ...query } }) => {
        const { data, next_cursor } = await logs.list({ ...toQuery(org.id, query), limit })
        const ids = data.map(({ id }) => id)
        await deps.bodies?.remove(ids.map((logId) => ({ orgId: org.id, logId })))
        return { removed: await logs.remove(org.id, ids), next_cursor }
      },
    ),
  ] as const
}

async function findRow(logs: Deps['logs'], orgId: string, id: string) {
  const record = await logs.find(orgId, id)
  if (record) return record
  throw new GatewayError('log_not_found', 'There is no log row with this id. It may arrive within two seconds.')
}

function rowOperations({ logs, bodies }: Deps) {
  const find = (orgId: string, id: string) => findRow(logs, orgId, id)
  return [
    operation(
      { method: 'GET', path: '/logs/:id', tag, access: 'viewer', summary: 'One row.', answer: logAnswer },
      async ({ org, params }) => find(org.id, params.id),
    ),
    operation(
      {
        method: 'PATCH',
        path: '/logs/:id',
        tag,
        access: 'member',
        summary: 'Says afterwards how an answer was.',
        body: logPatchSchema,
        answer: logAnswer,
      },
      async ({ org, params, body: { metadata, ...judgement } }) => {
        await find(org.id, params.id)
        await logs.patch(org.id, params.id, {
          ...judgement,
          ...(metadata !== undefined && { metadata: metadata ?? {} }),
        })
        return find(org.id, params.id)
      },
    ),
    operation(
      {
        method: 'DELETE',
        path: '/logs/:id',
        tag,
        access: 'admin',
        summary: 'Removes one row, with what was kept beside it. Roll-ups stay.',
        answer: undefined,
      },
      async ({ org, params }) => {
        await find(org.id, params.id)
        await bodies?.remove([{ orgId: org.id, logId: params.id }])
        await logs.remove(org.id, [params.id])
      },
    ),
  ] as const
}

/** What was asked and answered is for members: it is people's own words. */
function bodyOperations({ logs, bodies }: Deps) {
  const read = async (orgId: string, logId: string, part: 'request' | 'response') => {
    // Text that is no id of a row may be no name that a store takes either.
    await findRow(logs, orgId, logId)
    const kept = await bodies?.get({ orgId, logId })
    const text = kept?.[part] ?? undefined
    if (!kept || text === undefined) throw new GatewayError('not_found', sayWhy(part, bodies !== undefined))
    return { text, content_type: part === 'request' ? 'application/json' : kept.responseType, is_cut: kept.isCut }
  }
  const answer = z.object({ text: z.string(), content_type: z.string().nullable(), is_cut: z.boolean() })
  return [
    operation(
      { method: 'GET', path: '/logs/:id/request', tag, access: 'member', summary: 'What was asked, as text.', answer },
      async ({ org, params }) => read(org.id, params.id, 'request'),
    ),
    operation(
      {
        method: 'GET',
        path: '/logs/:id/response',
        tag,
        access: 'member',
        summary: 'What was answered, as text.',
        answer,
      },
      async ({ org, params }) => read(org.id, params.id, 'response'),
    ),
  ] as const
}

function sayWhy(part: string, isKept: boolean): string {
  return isKept
    ? `The ${part} of this row is not kept: its gateway or its caller does not want that, it is no text, or it is gone by now.`
    : `This gateway keeps no ${part}s. Bind an R2 bucket as BODIES to keep them.`
}
