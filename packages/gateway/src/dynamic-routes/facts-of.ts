import type { RouteFacts } from '@gw/router'
import type { Deps } from '../deps.ts'
import type { Routable } from '../routing/routable.ts'
import type { Inbound } from '../surfaces/surface.ts'
import { randomNumber } from './random-number.ts'

/** What routes can look at of a request. */
export function factsOf(
  { body }: Pick<Routable, 'body'>,
  inbound: Inbound,
  { random }: Pick<Deps, 'random'>,
): RouteFacts {
  const { http, options, account } = inbound
  const metadata = Object.fromEntries(
    Object.entries(options.metadata ?? {}).map(([key, value]) => [
      key,
      typeof value === 'bigint' ? String(value) : value,
    ]),
  )
  return {
    metadata,
    headers: http.headers,
    body,
    plan: account.tier?.name,
    stickyKey: stickyKeyOf({ sessionId: options.sessionId, metadata, user: body['user'] }),
    random: randomNumber(random),
  }
}

interface Whose {
  sessionId: string | undefined
  metadata: Readonly<Record<string, unknown>>
  /** As OpenAI's bodies name the end user. */
  user: unknown
}

/** Names under which callers say who their user is. */
const userNames = ['user_id', 'userId', 'user']

/** A session, or else a user: everybody of one goes the same way. */
function stickyKeyOf({ sessionId, metadata, user }: Whose): string | undefined {
  if (sessionId !== undefined) return `session ${sessionId}`
  const named = [...userNames.map((name) => metadata[name]), user]
  const found = named.find((value) => typeof value === 'string' || typeof value === 'number')
  return found === undefined ? undefined : `user ${String(found)}`
}
