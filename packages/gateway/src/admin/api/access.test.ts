import { beforeEach, describe, expect, test } from 'vitest'
import { createMemoryMembershipStore } from '../../people/create-memory-membership-store.ts'
import { createMemoryOrgStore } from '../../people/create-memory-org-store.ts'
import { createMemoryUserStore } from '../../people/create-memory-user-store.ts'
import type { Role } from '../../people/membership-store.ts'
import { createMemorySignInStore } from '../../sign-in/create-memory-sign-in-store.ts'
import { sha256 } from '../../sign-in/sha-256.ts'
import { now, startAdmin } from '../__fixtures__/start-admin.ts'
import { roleTable } from './__fixtures__/role-table.ts'

const people = ['owner', 'admin', 'member', 'viewer', 'outsider', 'operator'] as const
type Person = (typeof people)[number]

const csrfToken = 'csrf'
const base = { tierId: null, createdAt: 0 }

/** Somebody of each role in `acme`, one of another organisation, and one who runs the gateway; all are signed in. */
async function startWithPeople() {
  const users = createMemoryUserStore(people.map((id) => ({ id, email: `${id}@example.com`, name: id, ...base })))
  const roles: Role[] = ['owner', 'admin', 'member', 'viewer']
  const memberships = createMemoryMembershipStore()
  for (const role of roles) await memberships.add({ orgId: 'acme', userId: role, role, createdAt: 0 })
  await memberships.add({ orgId: 'other', userId: 'outsider', role: 'owner', createdAt: 0 })
  const orgs = createMemoryOrgStore()
  for (const id of ['acme', 'other']) await orgs.add({ id, name: id, tierId: 'FREE', createdAt: 0 })
  const signIns = createMemorySignInStore()
  await signIns.save({ userId: 'operator', passwordHash: null, isOperator: true }, 0)
  for (const userId of people) {
    const tokens = { tokenHash: await sha256(`token-${userId}`), previousHash: null, csrfToken }
    await signIns.addSession({ id: userId, userId, ...tokens, createdAt: now, rotatedAt: now, expiresAt: now + 1000 })
  }
  return startAdmin({ control: { users, memberships, orgs, signIns } })
}

type Admin = Awaited<ReturnType<typeof startWithPeople>>

let admin: Admin
beforeEach(async () => {
  admin = await startWithPeople()
})

interface Call {
  method: string
  path: string
  body?: object | undefined
  person?: Person | undefined
}

async function statusOf({ method, path, body, person }: Call) {
  const { app } = admin
  const response = await app.request(`/api${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(person && { cookie: `gw_session=token-${person}`, 'x-gw-csrf': csrfToken }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, text }
}

/** What is refused for want of a right, and not for what was sent. */
const refusals: ReadonlySet<string> = new Set(['unauthenticated', 'forbidden'])

async function isRefused(call: Call): Promise<boolean> {
  const { status, text } = await statusOf(call)
  if (status < 400) return false
  const { error }: { error: { code: string; message: string } } = JSON.parse(text)
  return refusals.has(error.code) || error.message.startsWith('There is no organisation "acme"')
}

const allowed: Readonly<Record<string, readonly Person[]>> = {
  signed_in: people,
  viewer: ['owner', 'admin', 'member', 'viewer', 'operator'],
  member: ['owner', 'admin', 'member', 'operator'],
  admin: ['owner', 'admin', 'operator'],
  owner: ['owner', 'operator'],
  operator: ['operator'],
}

describe('every operation lets through whom it should, and nobody else', () => {
  test.each(roleTable)('$method $path needs $access', async ({ method, path, body, access }) => {
    const named = path.includes('/orgs') || access === 'operator' || access === 'signed_in'
    const [route = '', query = ''] = path.split('?')
    const search = [query, named ? '' : 'org_id=acme'].filter(Boolean).join('&')
    const call = { method, path: search === '' ? route : `${route}?${search}`, body }
    const through: Person[] = []
    // Those with fewer rights come first, so that what is removed is still there for them to be refused.
    for (const person of people.toReversed()) if (!(await isRefused({ ...call, person }))) through.push(person)
    expect(through.toSorted()).toEqual([...(allowed[access] ?? [])].toSorted())
    expect(await isRefused(call)).toBe(true)
  })

  test('the table has every operation that is not for everyone', async () => {
    const document: { paths: Record<string, Record<string, { security?: unknown[] }>> } = JSON.parse(
      await (await admin.app.request('/api/openapi.json')).text(),
    )
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([, { security }]) => security === undefined)
        .map(([method]) => `${method.toUpperCase()} ${path.replace(/^\/api/, '')}`),
    )
    const tabled = new Set(roleTable.map(({ method, pattern, path }) => `${method} ${pattern ?? path.split('?')[0]}`))
    expect(operations.filter((operation) => !tabled.has(operation))).toEqual([])
  })

  test('a member handles keys of their own, and no others', async () => {
    const own = await statusOf({
      method: 'POST',
      path: '/gateway-keys?org_id=acme',
      body: { name: 'mine', user_id: 'member' },
      person: 'member',
    })
    expect(own.status).toBe(201)
    const of = { method: 'POST', path: '/gateway-keys?org_id=acme', person: 'member' } as const
    expect((await statusOf({ ...of, body: { name: 'shared' } })).status).toBe(403)
    expect((await statusOf({ ...of, body: { name: 'theirs', user_id: 'admin' } })).status).toBe(403)
    expect((await statusOf({ ...of, body: { name: 'theirs', user_id: 'member' }, person: 'admin' })).status).toBe(201)
  })

  test('an organisation of others is not there', async () => {
    const call = { method: 'GET', path: '/budgets?org_id=acme', person: 'outsider' } as const
    const unknown = { ...call, path: '/budgets?org_id=nobody' }
    expect((await statusOf(call)).status).toBe(404)
    expect((await statusOf(call)).text.replace('acme', 'X').replace(/"log_id":"[^"]*"/, '')).toBe(
      (await statusOf(unknown)).text.replace('nobody', 'X').replace(/"log_id":"[^"]*"/, ''),
    )
  })
})
