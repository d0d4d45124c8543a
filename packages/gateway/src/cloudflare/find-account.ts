import { GatewayError } from '@gw/headers'
import type { Context } from 'hono'
import type { Deps } from '../deps.ts'

/** The account of the path, and the organisation that it stands for: the one of that id, or else `default`. */
export async function findAccount(c: Context, { control }: Deps): Promise<{ account: string; orgId: string }> {
  const account = c.req.param('account') ?? ''
  const org = account === '' ? undefined : await control.orgs.find(account)
  return { account, orgId: org?.id ?? 'default' }
}

/** The gateway of the path. @throws GatewayError `gateway_not_found` */
export async function findAccountGateway(c: Context, deps: Deps) {
  const { account, orgId } = await findAccount(c, deps)
  const id = c.req.param('gateway') ?? ''
  const gateway = (await deps.gateways.list(orgId)).find((one) => one.id === id)
  if (gateway) return { account, orgId, gateway }
  throw new GatewayError('gateway_not_found', `There is no gateway "${id.slice(0, 64)}".`)
}
