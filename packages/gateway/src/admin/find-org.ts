import { GatewayError } from '@gw/headers'
import type { Context } from 'hono'
import type { Deps } from '../deps.ts'
import type { Org } from '../people/org-store.ts'

/**
 * The organisation that a request is about: named in the body or as `?org_id=`, else `default`.
 * @throws GatewayError `not_found`, `invalid_request` where the two differ
 */
export async function findOrg(c: Context, { control }: Pick<Deps, 'control'>, inBody?: string): Promise<Org> {
  const inQuery = c.req.query('org_id')
  if (inBody !== undefined && inQuery !== undefined && inBody !== inQuery) {
    throw new GatewayError('invalid_request', 'org_id: the body and the query name different organisations.', {
      detail: { param: 'org_id' },
    })
  }
  const id = inBody ?? inQuery ?? 'default'
  const org = await control.orgs.find(id)
  if (org) return org
  throw new GatewayError(
    'not_found',
    `There is no organisation "${id.slice(0, 64)}". GET /api/orgs lists them; POST /api/orgs makes one.`,
    { detail: { param: 'org_id' } },
  )
}
