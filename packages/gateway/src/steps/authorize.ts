import type { Caller } from '@gw/keys'
import type { Deps } from '../deps.ts'
import { authenticate } from './authenticate.ts'
import { checkScopes } from './check-scopes.ts'
import { fromStore } from './from-store.ts'

/**
 * Whose request it is, where that is all there is to know: reading what the gateway keeps.
 * @throws GatewayError `unauthenticated`, `forbidden` for a key that is not for this, `unavailable`
 */
export async function authorize(http: Request, gatewayId: string | undefined, deps: Deps): Promise<Caller> {
  const url = new URL(http.url)
  const caller = await fromStore(authenticate(http, url, deps), (error) => deps.report(error, deps.createId()))
  checkScopes(caller, { path: url.pathname, gatewayId })
  return caller
}
