import type { AlertRule, AlertRuleStore } from './alert-rule.ts'

/** Rules in memory; for tests. */
export function createMemoryAlertRuleStore(): AlertRuleStore {
  const rules = new Map<string, AlertRule>()
  const keyOf = (orgId: string | null, id: string): string => JSON.stringify([orgId, id])
  return {
    list: async (orgId) =>
      [...rules.values()]
        .filter((rule) => rule.orgId === orgId)
        .toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1)),
    save: async (rule) => void rules.set(keyOf(rule.orgId, rule.id), rule),
    remove: async (orgId, id) => rules.delete(keyOf(orgId, id)),
    ownersOf: async (kind) => {
      const owners = [...rules.values()].filter((rule) => rule.kind === kind && rule.isEnabled)
      return [...new Set(owners.flatMap(({ orgId }) => orgId ?? []))].toSorted()
    },
  }
}
