import { isObject } from '@gw/adapters'
import { GatewayError } from '@gw/headers'
import type { Context } from 'hono'
import type { Deps } from '../../deps.ts'
import type { Org } from '../../people/org-store.ts'
import { parse } from '../parse.ts'
import { readBody } from '../read-body.ts'
import type { Access, Actor } from './actor.ts'
import { isRole, type Operation, type ParsedInput } from './operation.ts'
import { noOrg, requireAccess } from './require-access.ts'

/**
 * What an operation gets of a request, once it is sure who asks and that they may. Who may not is told before anything is
 * said of what they sent, unless that decides who may.
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
  const sent = {
    query: c.req.query(),
    body: operation.method === 'GET' || operation.method === 'DELETE' ? {} : await readBody(c),
  }
  const check = async (access: Access): Promise<string | undefined> => {
    const orgId = isRole(access) ? orgIdOf({ params, ...sent }) : undefined
    await requireAccess({ actor, access, orgId }, deps)
    return orgId
  }
  if (operation.access !== undefined) await check(operation.access)
  const query = parse(operation.query, sent.query)
  const body = parse(operation.body, sent.body)
  const access = operation.access ?? operation.accessOf({ query, body })
  const orgId = await check(access)
  if (operation.namesOrg && !isRole(access) && body['org_id'] !== undefined) {
    throw new GatewayError('invalid_request', "org_id: this is the operator's and has no organisation. Leave it out.", {
      detail: { param: 'org_id' },
    })
  }
  const org = orgId === undefined ? undefined : await findOrg(orgId, deps)
  const asSent = isObject(sent.body) ? withoutOrg(operation, sent.body) : {}
  return { params, query: withoutOrg(operation, query), body: withoutOrg(operation, body), sent: asSent, org, actor, c }
}

function withoutOrg({ namesOrg }: Operation, { org_id, ...fields }: Record<string, unknown>): Record<string, unknown> {
  return namesOrg || org_id === undefined ? fields : { ...fields, org_id }
}

function orgIdOf({ params, query, body }: { params: ParsedInput['params']; query: object; body: unknown }): string {
  const inQuery = orgIdIn(query)
  const inBody = orgIdIn(body)
  if (inBody !== undefined && inQuery !== undefined && inBody !== inQuery) {
    throw new GatewayError('invalid_request', 'org_id: the body and the query name different organisations.', {
      detail: { param: 'org_id' },
    })
  }
  return params['org'] ?? inBody ?? inQuery ?? 'default'
}

function orgIdIn(sent: unknown): string | undefined {
  if (typeof sent !== 'object' || sent === null || !('org_id' in sent)) return undefined
  return typeof sent.org_id === 'string' ? sent.org_id : undefined
}

async function findOrg(id: string, { control }: Deps): Promise<Org> {
  const org = await control.orgs.find(id)
  if (org) return org
  throw noOrg(id)
}
