import { expect, test } from 'vitest'
import { includesRole, selectOrganisation, toSession } from './session.ts'

const ann = { id: 'u1', email: 'ann@example.com', name: 'Ann' }

test('a user sees the organisations that they belong to', () => {
  const answer = {
    user: ann,
    is_operator: false,
    memberships: [{ org_id: 'acme', org_name: 'Acme', role: 'viewer' as const }],
    csrf_token: 't',
  }
  expect(toSession(answer)).toEqual({
    user: ann,
    isOperator: false,
    organisations: [{ id: 'acme', name: 'Acme', role: 'viewer' }],
  })
})

test('a role includes those below it', () => {
  expect(includesRole('admin', 'member')).toBe(true)
  expect(includesRole('member', 'admin')).toBe(false)
  expect(includesRole('viewer', 'viewer')).toBe(true)
})

test('the organisation of the URL comes before the remembered one, and neither is invented', () => {
  const organisations = [
    { id: 'a', name: 'A', role: 'owner' as const },
    { id: 'b', name: 'B', role: 'owner' as const },
  ]
  expect(selectOrganisation(organisations, ['b', 'a']).id).toBe('b')
  expect(selectOrganisation(organisations, [undefined, 'b']).id).toBe('b')
  expect(selectOrganisation(organisations, ['gone', null]).id).toBe('a')
})
