import type { Role } from '../../api/wire.ts'

/** What each role may do, for people. */
export const roleNames: Readonly<Record<Role, string>> = {
  owner: 'Owner: everything, members too',
  admin: 'Admin: keys, routes, budgets, settings',
  member: 'Member: own keys, prompts and answers',
  viewer: 'Viewer: looks on',
}
