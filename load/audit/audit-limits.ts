import type { CallerName } from '../cast/callers.ts'
import type { Evidence, Finding } from './evidence.ts'
import { isOverLimit } from './is-refused.ts'

/** Who shares a limit on requests a day. */
interface Principal {
  name: string
  limit: number
  callers: readonly CallerName[]
}

/** Limits that the database is made with. */
const tiers: readonly Principal[] = [
  { name: 'FREE, organisation', limit: 10, callers: ['free'] },
  { name: 'PERSONAL, user ann', limit: 100, callers: ['pro-ann'] },
  { name: 'PROFESSIONAL, organisation', limit: 1000, callers: ['pro', 'pro-bob'] },
]

/** No tier or gateway lets more pass than its limit, and it lets as many pass as that. */
export function auditLimits(evidence: Evidence): Finding {
  const gateways = evidence.cast.gateways.flatMap(({ id, limitPerDay: limit }): Principal[] =>
    limit === undefined ? [] : [{ name: `gateway ${id}`, limit, callers: ['open-capped'] }],
  )
  const judged = [...tiers, ...gateways].map((principal) => judge(principal, evidence))
  return {
    title: 'limits on requests are exact',
    figures: judged.map(({ line }) => line).join('; '),
    violations: judged.flatMap(({ violations }) => violations),
  }
}

function judge(
  { name, limit, callers }: Principal,
  { sent, rowsOf, isPastMidnight }: Evidence,
): { line: string; violations: string[] } {
  const own = sent.filter(({ caller }) => callers.includes(caller.role.name))
  const rows = own.flatMap(({ planned }) => rowsOf.get(planned.id) ?? [])
  const passed = rows.filter((row) => !isOverLimit(row))
  const unchecked = passed.filter((row) => row.unchecked).length
  // Who left before there was a row may have taken a permit along.
  const lost = own.length - rows.length
  const most = (isPastMidnight ? 2 : 1) * limit + Math.min(unchecked, Math.ceil(limit / 10))
  const least = Math.min(own.length, limit) - lost
  const violations: string[] = []
  if (passed.length > most) violations.push(`${name}: ${passed.length} requests passed, the limit is ${limit}.`)
  if (passed.length < least)
    violations.push(`${name}: only ${passed.length} of ${own.length} requests passed, the limit is ${limit}.`)
  const extra = [
    ...(unchecked > 0 ? [`${unchecked} unchecked`] : []),
    ...(lost > 0 ? [`${lost} left without a row`] : []),
  ]
  return {
    line: `${name} ${passed.length} of ${limit}, asked for by ${own.length}${extra.length > 0 ? ` (${extra.join(', ')})` : ''}`,
    violations,
  }
}
