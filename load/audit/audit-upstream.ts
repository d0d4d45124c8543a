import type { Sent } from '../clients/run-clients.ts'
import type { Evidence, Finding, UpstreamRecord } from './evidence.ts'
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
    const called = row.attempts.filter((attempt) => !isUnsent(attempt)).length
    if (called === 0) refused += 1
    // A connection that was being made when the caller left may never have been.
    const least = row.ending === 'client_gone' ? 0 : called
    if (seen > called || seen < least)
      violations.push(`${planned.id}: providers saw ${seen} requests, the row has ${called} attempts (${row.ending}).`)
  }
  const providers = Object.entries(Object.groupBy(upstream, ({ provider }) => provider))
  return {
    title: 'providers see what they should, with the key that is due',
    figures:
      `${upstream.length} requests (${providers.map(([name, list = []]) => `${name} ${list.length}`).join(', ')}); ` +
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
  const expected = own ? `key of ${own.org} for ${own.provider}` : `operator's key for ${record.provider}`
  const found = finder.find(JSON.stringify([record.headers, record.path, record.search, record.body]))
  return found.length === 1 && found[0] === expected
    ? []
    : [`${record.provider} got ${found.join(' and ') || 'no key'} with ${mark}, not ${expected}.`]
}
