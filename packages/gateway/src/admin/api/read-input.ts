import { GatewayError } from '@gw/headers'
import type { Context } from 'hono'
import type { Deps } from '../../deps.ts'
import type { Org } from '../../people/org-store.ts'
import { parse } from '../parse.ts'
import { readBody } from '../read-body.ts'
import type { Actor } from './actor.ts'
import { isRole, type Operation, type ParsedInput } from './operation.ts'
import { noOrg, requireAccess } from './require-access.ts'

/**
 * What an operation gets of a request, once it is sure who asks and that they may.
 * @throws GatewayError `unauthenticated`, `forbidden`, `not_found`, `invalid_request`, `body_too_large`
 */
export async function readInput(
  operation: Operation,
  c: Context<{ Variables: { actor: Actor | undefined } }>,
  deps: Deps,
): Promise<ParsedInput> {
  const actor = c.get('actor')
  if (!operation.isPublic) await requireAccess({ actor, access: 'signed_in', orgId: undefined }, deps)
  const params = c.req.param()
  const query = parse(operation.query, c.req.query())
  const body = operation.method === 'GET' || operation.method === 'DELETE' ? {} : await readBody(c, operation.body)
  const access = operation.accessOf({ query, body })
  if (operation.namesOrg && !isRole(access) && body['org_id'] !== undefined) {
    throw new GatewayError('invalid_request', "org_id: this is the operator's and has no organisation. Leave it out.", {
      detail: { param: 'org_id' },
    })
  }
  const orgId = isRole(access) ? orgIdOf({ params, query, body }) : undefined
  await requireAccess({ actor, access, orgId }, deps)
  const org = orgId === undefined ? undefined : await findOrg(orgId, deps)
  return { params, query: withoutOrg(operation, query), body: withoutOrg(operation, body), org, actor, c }
}

function withoutOrg({ namesOrg }: Operation, { org_id, ...fields }: Record<string, unknown>): Record<string, unknown> {
  return namesOrg || org_id === undefined ? fields : { ...fields, org_id }
}

function orgIdOf({ params, query, body }: Pick<ParsedInput, 'params' | 'query' | 'body'>): string {
  const inQuery = query['org_id']
  const inBody = body['org_id']
  if (inBody !== undefined && inQuery !== undefined && inBody !== inQuery) {
    throw new GatewayError('invalid_request', 'org_id: the body and the query name different organisations.', {
      detail: { param: 'org_id' },
    })
  }
  const named = params['org'] ?? inBody ?? inQuery
  return typeof named === 'string' ? named : 'default'
}

async function findOrg(id: string, { control }: Deps): Promise<Org> {
  const org = await control.orgs.find(id)
  if (org) return org
  throw noOrg(id)
}
