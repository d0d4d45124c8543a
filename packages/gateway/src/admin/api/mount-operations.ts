import { GatewayError } from '@gw/headers'
import type { Context, Hono } from 'hono'
import type { Deps } from '../../deps.ts'
import type { Actor } from './actor.ts'
import { entityTagOf, isKnown, requireMatch } from './entity-tag.ts'
import { doOnce } from './idempotency.ts'
import { parse } from '../parse.ts'
import type { Operation, ParsedInput } from './operation.ts'
import { readInput } from './read-input.ts'
import { recordAudit } from './record-audit.ts'

/** What the control plane's requests carry along. */
export interface AdminEnv {
  Variables: { actor: Actor | undefined }
}

/** Makes a route of each operation. */
export function mountOperations(app: Hono<AdminEnv>, operations: readonly Operation[], deps: Deps): void {
  const readers = new Map(operations.flatMap((one) => (one.method === 'GET' ? [[one.path, one] as const] : [])))
  for (const operation of operations) {
    const reader = readers.get(operation.path)
    app.on(operation.method, operation.path, async (c) => {
      const input = await readInput(operation, c, deps)
      await requireUnchanged(operation, { input, reader })
      return doOnce(operation, { input, work: () => perform(operation, { input, reader }, deps) }, deps)
    })
  }
}

interface Performed {
  input: ParsedInput
  /** What reads the same resource; its answers and those of writes have the same tags. */
  reader: Operation | undefined
}

async function perform(operation: Operation, { input, reader }: Performed, deps: Deps): Promise<Response> {
  const { c } = input
  c.status(operation.status)
  const answer = await operation.run(input)
  const response = answer instanceof Response ? answer : await respond(c, answer, reader)
  if (operation.writes) await recordAudit(operation, { input, answer, status: response.status }, deps)
  return response
}

async function respond(c: Context, answer: unknown, reader: Operation | undefined): Promise<Response> {
  if (answer === undefined) return c.body(null)
  c.header('cache-control', 'no-store')
  if (hasTag(reader)) {
    const tag = await entityTagOf(answer, reader.volatile)
    c.header('etag', tag)
    if (c.req.method === 'GET' && isKnown(c.req.header('if-none-match'), tag)) return c.body(null, 304)
  }
  return c.body(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } })
}

/** Only what can be changed at the same address has a tag. */
function hasTag(reader: Operation | undefined): reader is Operation {
  return reader?.path.includes('/:') ?? false
}

/** `If-Match` on a write compares with what a read would answer now. */
async function requireUnchanged(operation: Operation, { input, reader }: Performed): Promise<void> {
  const ifMatch = input.c.req.header('if-match')
  if (ifMatch === undefined || operation.method === 'GET') return
  if (!hasTag(reader))
    throw new GatewayError('invalid_header', 'If-Match: nothing can be read at this address. Leave it out.')
  const answer = await reader.run({ ...input, query: parse(reader.query, input.c.req.query()), body: {}, sent: {} })
  requireMatch(ifMatch, await entityTagOf(answer, reader.volatile))
}
