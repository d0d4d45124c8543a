import type { Sent } from '../clients/run-clients.ts'
import type { Evidence, Finding, Row, UpstreamRecord } from './evidence.ts'
import { groupBy } from './group-by.ts'
import { isUnsent } from './is-refused.ts'
import { markOf } from './mark-of.ts'

/** Providers see what was admitted, as often as the row says, with the one key that is due. */
export function auditUpstream(evidence: Evidence): Finding {
  const { sent, upstream, upstreamOf, rowsOf } = evidence
  const byId = new Map(sent.map((one) => [one.planned.id, one]))
  const violations = upstream.flatMap((record) => checkRecord(record, { byId, evidence }))
  let refused = 0
  for (const { planned } of sent) {
    const [row] = rowsOf.get(planned.id) ?? []
    if (!row) continue
    const seen = upstreamOf.get(planned.id)?.length ?? 0
    const called = row.attempts.filter((attempt) => !isUnsent(attempt))
    if (called.length === 0) refused += 1
    // What ran out of time, or whose caller left, may not have got as far as the provider.
    const least = called.filter(
      ({ status_code }, index) => status_code !== null && index < called.length - Number(row.ending === 'client_gone'),
    ).length
    if (seen > called.length || seen < least)
      violations.push(
        `${planned.id}: providers saw ${seen} requests, the row has ${called.length} attempts (${row.ending}).`,
      )
  }
  const providers = [...groupBy(upstream, ({ provider }) => provider)]
  return {
    title: 'providers see what they should, with the key that is due',
    figures:
      `${upstream.length} requests (${providers.map(([name, list]) => `${name} ${list.length}`).join(', ')}); ` +
      `none of ${refused} refused requests`,
    violations,
  }
}

function checkRecord(
  record: UpstreamRecord,
  { byId, evidence }: { byId: ReadonlyMap<string, Sent>; evidence: Evidence },
): string[] {
  const { secrets, finder } = evidence
  const mark = markOf(record)
  const one = mark === undefined ? undefined : byId.get(mark)
  if (!one) return [`${record.provider} got a request that nobody sent: ${record.path}.`]
  const { org, name } = one.caller.role
  if (org === undefined) return [`${record.provider} got a request of ${name}: ${mark}.`]
  const own = secrets.ofOrg.find((key) => key.org === org && key.provider === record.provider)
  const operators = `operator's key for ${record.provider}`
  const expected = own ? [`key of ${own.org} for ${own.provider}`] : [operators]
  if (own && standsIn({ provider: record.provider, org, mark: one.planned.id }, evidence)) expected.push(operators)
  const found = finder.find(JSON.stringify([record.headers, record.path, record.search, record.body]))
  return found.length === 1 && expected.includes(found[0] ?? '')
    ? []
    : [`${record.provider} got ${found.join(' and ') || 'no key'} with ${mark}, not ${expected.join(' or ')}.`]
}

/** The operator's key stands in where the row says so, and the organisation's own was limited in the run. */
function standsIn(
  { provider, org, mark }: { provider: string; org: string; mark: string },
  { rowsOf }: Pick<Evidence, 'rowsOf'>,
): boolean {
  const attemptsOf = (rows: readonly Row[]) =>
    rows.flatMap((row) => row.attempts).filter((attempt) => attempt.provider === provider)
  const isSaid = attemptsOf(rowsOf.get(mark) ?? []).some(({ key_source }) => key_source === 'environment')
  const own = attemptsOf([...rowsOf.values()].flat().filter((row) => row.org_id === org))
  return isSaid && own.some(({ key_source, error_type }) => key_source === 'org' && error_type === 'rate_limit')
}
