import { GatewayError } from '@gw/headers'
import * as z from 'zod'
import { demoGatewayId, demoShape } from '../demo/demo-shape.ts'
import { generateRecords } from '../demo/generate-records.ts'
import type { Deps } from '../deps.ts'
import type { Org } from '../people/org-store.ts'
import { operation } from './api/operation.ts'
import { noOrg } from './api/require-access.ts'

const [rowCount, periodMs, seed] = [500, 7 * 86_400_000, 1]
/** Rows of one statement. */
const [insertSize, removeSize] = [100, 1000]
const tag = 'Demo data'
const organisation = z.strictObject({ org_id: z.string().min(1).default('default') })

/** Made-up requests to look at before there are any: all in the gateway `demo`, and gone with it. */
export function demoDataOperations(deps: Deps) {
  const { logs, gateways, control } = deps
  const findOrg = async (id: string): Promise<Org> => {
    const org = await control.orgs.find(id)
    if (org) return org
    throw noOrg(id)
  }
  return [
    operation(
      {
        method: 'POST',
        path: '/demo-data',
        tag,
        access: 'operator',
        summary: 'Makes up requests of the last week, in a gateway `demo` of their own.',
        body: organisation,
        answer: z.object({ gateway_id: z.string(), rows: z.number() }),
        status: 201,
      },
      async ({ body }) => {
        const { id: orgId } = await findOrg(body.org_id)
        if (await gateways.find(orgId, demoGatewayId)) throw taken()
        const to = deps.now()
        const records = [
          ...generateRecords({ seed, from: to - periodMs, to, count: rowCount, shape: demoShape(orgId) }),
        ]
        await gateways.save({ orgId, id: demoGatewayId, settings: {} }, to)
        for (let at = 0; at < records.length; at += insertSize) await logs.insert(records.slice(at, at + insertSize))
        return { gateway_id: demoGatewayId, rows: records.length }
      },
    ),
    operation(
      {
        method: 'DELETE',
        path: '/demo-data',
        tag,
        access: 'operator',
        summary: 'Removes what was made up, and nothing else.',
        query: organisation,
        answer: z.object({ rows: z.number() }),
      },
      async ({ query }) => {
        const { id: orgId } = await findOrg(query.org_id)
        const [newest] = (await logs.list({ orgId, gatewayId: demoGatewayId, limit: 1 })).data
        if (newest && newest.metadata['demo'] !== true) throw notMadeUp()
        const everything = { orgId, gatewayId: demoGatewayId, limit: removeSize }
        let rows = 0
        for (let removed = removeSize; removed === removeSize; rows += removed) {
          removed = await control.upkeep.removeGateway(everything)
        }
        await gateways.remove(orgId, demoGatewayId)
        return { rows }
      },
    ),
  ] as const
}

function taken(): GatewayError {
  return new GatewayError(
    'conflict',
    'There is a gateway "demo" already. DELETE /api/demo-data removes demo data; a gateway of your own needs another name.',
  )
}

function notMadeUp(): GatewayError {
  return new GatewayError(
    'conflict',
    'The gateway "demo" has requests that were not made up, and stays as it is. Remove it yourself if you no longer need it.',
  )
}
