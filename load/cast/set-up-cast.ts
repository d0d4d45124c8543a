import { randomBytes } from 'node:crypto'
import type { UpstreamSecrets } from '../targets/secrets.ts'
import type { AdminApi } from './admin-api.ts'
import { callers, type CallerName, type CallerRole } from './callers.ts'
import type { PlannedBudget } from './budgets-for.ts'
import type { Cast } from './cast.ts'

/** A caller with what it calls with. */
export interface Caller {
  role: CallerRole & { name: CallerName }
  /** The gateway key, which may be one that the gateway does not know; `undefined` sends none. */
  key: string | undefined
  /** Id of the gateway key; `undefined` for strangers. */
  keyId: string | undefined
}

export interface MadeBudget extends PlannedBudget {
  id: string
  /** Id of what the budget is for. */
  scopeId: string | null
}

/** What the gateway has been given, with the ids that it gave back. */
export interface Prepared {
  callers: ReadonlyMap<CallerName, Caller>
  budgets: readonly MadeBudget[]
  /** Ids of users by name. */
  users: ReadonlyMap<string, string>
  orgs: readonly string[]
}

interface Made {
  id: string
}

type MadeKey = Made & { key: string }

/** Gives the gateway the organisations, users, keys, gateways and budgets of the run. */
export async function setUpCast(cast: Cast, api: AdminApi, { ofOrg }: UpstreamSecrets): Promise<Prepared> {
  for (const { id, tier } of cast.orgs) await api.send('POST', '/orgs', { id, tier_id: tier })
  const users = new Map<string, string>()
  for (const { name, org, tier } of cast.users) {
    const about = { email: `${name}@load.test`, name, tier_id: tier, org_id: org }
    users.set(name, (await api.send<Made>('POST', '/users', about)).id)
  }
  for (const { org, id, limitPerDay: limit } of cast.gateways) {
    const settings = limit === undefined ? {} : { rate_limiting_limit: limit, rate_limiting_interval: 86_400 }
    await api.send('PUT', `/gateways/${id}`, { org_id: org, settings })
  }
  for (const { org, provider, secret } of ofOrg) {
    await api.send('POST', '/provider-keys', { level: 'org', org_id: org, provider, key: secret })
  }
  const made = await makeCallers(api, users)
  const budgets: MadeBudget[] = []
  for (const budget of cast.budgets) {
    const { org, limitNanoUsd, whose: _, ...about } = budget
    const scopeId = scopeIdOf(budget, { users, callers: made })
    const limit = (limitNanoUsd / 1e9).toFixed(9)
    const body = { ...about, org_id: org, scope_id: scopeId, limit_usd: limit }
    budgets.push({ ...budget, scopeId, id: (await api.send<Made>('POST', '/budgets', body)).id })
  }
  return { callers: made, budgets, users, orgs: ['default', ...cast.orgs.map(({ id }) => id)] }
}

async function makeCallers(api: AdminApi, users: ReadonlyMap<string, string>): Promise<Map<CallerName, Caller>> {
  const made = new Map<CallerName, Caller>()
  for (const role of callers) {
    const owner = [...made.values()].find(({ role: other }) => other.name === role.keyOf)
    made.set(role.name, owner ? { ...owner, role } : await makeCaller(role, api, users))
  }
  return made
}

async function makeCaller(role: Caller['role'], api: AdminApi, users: ReadonlyMap<string, string>): Promise<Caller> {
  const { name, org, user } = role
  if (name === 'nobody') return { role, key: undefined, keyId: undefined }
  if (name === 'stranger') return { role, key: `gw_${randomBytes(32).toString('base64url')}`, keyId: undefined }
  const userId = user === undefined ? null : (users.get(user) ?? null)
  const { id, key } = await api.send<MadeKey>('POST', '/gateway-keys', { name, org_id: org, user_id: userId })
  if (org !== undefined) return { role, key, keyId: id }
  await api.delete(`/gateway-keys/${id}`)
  return { role, key, keyId: undefined }
}

function scopeIdOf({ scope, whose }: PlannedBudget, { users, callers: made }: Pick<Prepared, 'users' | 'callers'>) {
  if (scope === 'user') return users.get(whose ?? '') ?? null
  if (scope === 'gateway') return whose
  const caller = [...made.values()].find(({ role }) => role.name === whose)
  return scope === 'gateway_key' ? (caller?.keyId ?? null) : null
}
