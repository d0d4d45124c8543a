import type { Sent } from '../clients/run-clients.ts'
import type { Evidence, Finding } from './evidence.ts'
import { excuseOf } from './excuse-of.ts'

/** Every admitted request has one row, and there are no others. */
export function auditRows(evidence: Evidence): Finding {
  const { sent, rows, rowsOf, upstreamOf } = evidence
  const violations: string[] = []
  const counts = { known: 0, strangers: 0, partial: 0, unseen: 0 }
  for (const one of sent) {
    const { id } = one.planned
    const own = rowsOf.get(id) ?? []
    if (one.caller.keyId === undefined) {
      counts.strangers += 1
      violations.push(...checkStranger(one, own.length))
      continue
    }
    counts.known += 1
    if (own.length > 1) violations.push(`${id} has ${own.length} rows.`)
    if (own.length === 0) {
      const excuse = excuseOf(one, upstreamOf)
      if (excuse) counts[excuse] += 1
      else violations.push(`${id} (${describe(one)}) has no row.`)
    }
    for (const row of own) violations.push(...compare(one, row))
  }
  const known = new Set(sent.map(({ planned }) => planned.id))
  for (const { id, event_id } of rows)
    if (!known.has(event_id)) violations.push(`Row ${id} is of no request that was sent.`)
  if (new Set(rows.map(({ id }) => id)).size < rows.length) violations.push('Two rows have the same id.')
  return {
    title: 'each request has one row',
    figures:
      `${counts.known} requests with a valid key, ${rows.length} rows; without a row: ` +
      `${counts.partial} whose client left before it had sent all, ${counts.unseen} whose client left before the gateway ` +
      `read them; ${counts.strangers} requests of strangers, no row`,
    violations,
  }
}

const describe = ({ caller, planned, got }: Sent): string =>
  `${caller.role.name}, ${planned.way}, ${planned.leave?.when ?? 'stays'}${planned.leave?.isReset ? ' with a reset' : ''}, ${got.ending}, status ${got.status ?? 'none'}`

function checkStranger({ planned: { id, leave }, got: { status } }: Sent, rows: number): string[] {
  const violations = rows > 0 ? [`${id} is a stranger's and has ${rows} rows.`] : []
  const isWrong = status === undefined ? leave === undefined : status !== 401
  return isWrong ? [...violations, `${id} is a stranger's and got status ${status ?? 'none'}.`] : violations
}

function compare(one: Sent, row: Evidence['rows'][number]): string[] {
  const { caller, got, planned } = one
  const logId = got.headers['cf-aig-log-id']
  const violations: string[] = []
  if (row.gateway_key_id !== caller.keyId) violations.push(`${planned.id}: the row names the key of somebody else.`)
  if (row.org_id !== caller.role.org) violations.push(`${planned.id}: the row is in the organisation ${row.org_id}.`)
  if (got.status === undefined) return violations
  if (logId !== row.id) violations.push(`${planned.id}: the answer names the row ${logId ?? '(none)'}, not ${row.id}.`)
  if (got.status !== row.status_code)
    violations.push(`${planned.id} (${describe(one)}): the row says status ${row.status_code}.`)
  return violations
}
