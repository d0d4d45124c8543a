import type { GatewayOptions } from '@gw/headers'
import type { Caller } from '@gw/keys'
import type { Deps, Execution } from '../deps.ts'
import type { Journal } from '../open-journal.ts'
import type { Surface } from '../surfaces/surface.ts'
import { authenticate } from './authenticate.ts'
import { checkScopes } from './check-scopes.ts'
import { findGateway } from './find-gateway.ts'
import { fromStore } from './from-store.ts'
import { parseOptions } from './parse-options.ts'
import type { Purse } from './purse.ts'

export interface Arrived {
  http: Request
  surface: Surface
  gatewayId: string | undefined
  journal: Journal
  execution: Execution
}

export interface Admitted {
  purse: Purse
  options: GatewayOptions
  /** The same again, for what may have changed meanwhile. @throws GatewayError as `admit` */
  recheck(): Promise<Purse>
}

/**
 * Whose request it is, on which gateway, and what limits and prices it is under. All of it comes from memory on a warm
 * isolate.
 * @throws GatewayError `unauthenticated`, `invalid_header`, `gateway_not_found`, `forbidden`, `unavailable`
 */
export async function admit({ http, surface, gatewayId, journal, execution }: Arrived, deps: Deps): Promise<Admitted> {
  const { url, id: logId } = journal
  const background = execution.waitUntil.bind(execution)
  const report = (error: unknown): void => deps.report(error, logId)
  const caller = await fromStore(authenticate(http, url, deps), report)
  journal.identify(caller, gatewayId)
  const options = { ...parseOptions(http.headers), ...(await surface.readOptions?.(http, deps)) }
  const name = gatewayId ?? options.gatewayId ?? 'default'
  // One after the other: a look-up that nobody awaits would end with a request that is refused, and others share it.
  const find = async (payer: Caller): Promise<Purse> => {
    const gateway = await fromStore(findGateway(payer, name, deps.gateways), report)
    const account = await fromStore(deps.accounts.find(payer), report)
    return { logId, caller: payer, account, gateway, background }
  }
  const purse = await find(caller)
  journal.choose(purse, options)
  checkScopes(caller, { path: url.pathname, gatewayId: purse.gateway.id })
  const recheck = async (): Promise<Purse> => find(await fromStore(authenticate(http, url, deps), report))
  return { purse, options, recheck }
}
