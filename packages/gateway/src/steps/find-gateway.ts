import { GatewayError } from '@gw/headers'
import type { Caller } from '@gw/keys'
import type { Gateway, GatewayStore } from '../gateways/gateway-store.ts'

/** The caller's gateway of that name. @throws GatewayError `gateway_not_found` */
export async function findGateway(caller: Caller, id: string, gateways: GatewayStore): Promise<Gateway> {
  const gateway = await gateways.find(caller.orgId, id)
  if (gateway) return gateway
  throw new GatewayError('gateway_not_found', `There is no gateway "${id.slice(0, 64)}". Create it, or use "default".`)
}
