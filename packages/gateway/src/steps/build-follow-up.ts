import { streamTypes } from '@gw/adapters'
import { GatewayError } from '@gw/headers'
import type { ChatLeg } from '../plan.ts'
import type { Attempt } from './attempt-leg.ts'
import { readCredential } from './read-credential.ts'
import { toTarget } from './to-target.ts'

/**
 * The request for what a chat answer says to get next. Only within the provider's own origin does the secret go along.
 * @throws GatewayError `upstream_error`, `blocked_upstream_url`
 */
export async function buildFollowUp(next: string, leg: ChatLeg, { secret, deps }: Attempt): Promise<Request> {
  const { provider, api, chat } = leg
  if (!URL.canParse(next)) throw new GatewayError('upstream_error', 'The provider named no valid URL for its answer.')
  const url = new URL(next)
  const accept = chat.stream ? streamTypes[api.wire.framing ?? 'sse'].replace(/;.*/, '') : 'application/json'
  const headers = { ...provider.headers, accept }
  const request = new Request(toTarget(url, provider.id, deps), { headers, redirect: 'manual' })
  if (url.origin !== new URL(provider.origin).origin) return request
  return readCredential(secret.secret, provider, deps).authorize(request)
}
