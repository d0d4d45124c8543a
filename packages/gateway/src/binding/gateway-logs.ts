import { GatewayError } from '@gw/headers'
import type { Context } from 'hono'
import { logPatchSchema } from '../admin/log-patch-schema.ts'
import { toGatewayLog } from './to-gateway-log.ts'
import type { Deps } from '../deps.ts'
import type { LogRecord } from '../logs/log-record.ts'
import { authorize } from '../steps/authorize.ts'

/** `getLog` of the binding: one row, in Cloudflare's shape. @throws GatewayError `unauthenticated`, `log_not_found` */
export async function getGatewayLog(c: Context, deps: Deps): Promise<Response> {
  return c.json({ success: true, result: toGatewayLog(await findRow(c, deps)), errors: [], messages: [] })
}

/** `patchLog` of the binding: the caller's judgement of an answer. @throws GatewayError as above, `invalid_request` */
export async function patchGatewayLog(c: Context, deps: Deps): Promise<Response> {
  const parsed = logPatchSchema.safeParse(await c.req.json().catch(() => undefined))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const param = issue?.path.join('.') ?? ''
    throw new GatewayError('invalid_request', `${param || 'The body'}: ${issue?.message ?? 'is wrong'}.`, {
      detail: { param },
    })
  }
  const row = await findRow(c, deps)
  const { metadata, ...judgement } = parsed.data
  await deps.logs.patch(row.org_id, row.id, {
    ...judgement,
    ...(metadata !== undefined && { metadata: metadata ?? {} }),
  })
  return c.json({ success: true, result: {}, errors: [], messages: [] })
}

/** Rows arrive through a queue; whoever asks right after an answer waits for its row. */
const lookEveryMs = 250
const mostLooks = 12

async function findRow(c: Context, deps: Deps): Promise<LogRecord> {
  const { gateway = '', log = '' } = c.req.param()
  const caller = await authorize(c.req.raw, gateway, deps)
  for (let look = 1; look <= mostLooks; look += 1) {
    const row = await deps.logs.find(caller.orgId, log)
    if (row && row.gateway_id === gateway) return row
    if (row || !isFresh(log, deps.now())) break
    await deps.sleep(lookEveryMs)
  }
  throw new GatewayError('log_not_found', `Gateway "${gateway.slice(0, 64)}" has no log row "${log.slice(0, 64)}".`)
}

/** Ids begin with their time, in ms (UUID version 7). */
function isFresh(id: string, now: number): boolean {
  const madeAt = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
  return Math.abs(now - madeAt) < 10_000
}
