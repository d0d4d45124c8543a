import type { Org, OrgStore } from './org-store.ts'

/** The organisation that every gateway begins with. */
const seedOrg: Org = { id: 'default', name: 'Default', tierId: 'BUSINESS', createdAt: 0 }

/** Organisations that are forgotten when the process ends. */
export function createMemoryOrgStore(initial: readonly Org[] = [seedOrg]): OrgStore {
  const orgs = new Map(initial.map((org) => [org.id, org]))
  return {
    find: async (id) => orgs.get(id),
    list: async () => [...orgs.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    add: async (org) => {
      if (orgs.has(org.id)) throw new Error(`An organisation with id "${org.id}" exists.`)
      orgs.set(org.id, org)
    },
    update: async (id, change) => {
      const org = orgs.get(id)
      if (!org) return false
      orgs.set(id, { ...org, ...change })
      return true
    },
  }
}
