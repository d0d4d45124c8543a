import { useSuspenseQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import type { Role } from '../api/wire.ts'
import { createPreference } from '../preferences/create-preference.ts'
import { includesRole, selectOrganisation, type Organisation, type Session } from './session.ts'
import { sessionQuery } from './session-query.ts'

/** The organisation that was looked at last. */
export const lastOrganisation = createPreference<string | null>({
  key: 'gw.organisation',
  parse: (text) => text,
  format: (value) => value ?? '',
})

export interface CurrentSession extends Session {
  /** The organisation that the pages are about. */
  org: Organisation
  /** Whether the user has at least this role in it; `operator` is more than any role. */
  can(role: Role | 'operator'): boolean
}

/** Who is signed in, and for which organisation; only below the shell, which has made sure that somebody is. */
export function useSession(): CurrentSession {
  const { data: session } = useSuspenseQuery(sessionQuery)
  const { org: inUrl } = useSearch({ strict: false })
  const last = lastOrganisation.use()
  const org = selectOrganisation(session.organisations, [inUrl, last])
  return {
    ...session,
    org,
    can: (role) => session.isOperator || (role !== 'operator' && includesRole(org.role, role)),
  }
}
