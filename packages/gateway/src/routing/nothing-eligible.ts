import { GatewayError } from '@gw/headers'
import type { Decision } from '@gw/router'

/** Why nothing may answer: the reasons, the most frequent first. */
export function nothingEligible({ strategy, rejected }: Decision): GatewayError {
  const counts = new Map<string, { count: number; message: string }>()
  for (const { code, message } of rejected.flatMap(({ reasons }) => reasons)) {
    counts.set(code, { message, count: (counts.get(code)?.count ?? 0) + 1 })
  }
  const why = [...counts]
    .toSorted(([, one], [, other]) => other.count - one.count)
    .slice(0, 4)
    .map(([code, { count, message }]) => `${count} × ${code} (${message})`)
  const said = why.length > 0 ? `${why.join('; ')}.` : 'No provider of this gateway has a key for such requests.'
  return new GatewayError(
    'no_eligible_target',
    `auto/${strategy} found no model among ${rejected.length}. ${said} POST /api/router/explain tells of each.`,
  )
}
