import type { ProviderKeyStore, Vault } from '@gw/keys'
import type { AlertEventStore } from '../alerts/alert-event.ts'
import type { AlertStores } from '../alerts/alert-stores.ts'
import type { AnalyticsStore } from '../analytics/analytics-store.ts'
import type { UsageUpkeep } from '../analytics/usage-upkeep.ts'
import type { AuditStore } from '../audit/audit-store.ts'
import type { BudgetStore } from '../budgets/budget.ts'
import type { UsageStore } from '../logs/usage-store.ts'
import type { PriceStore } from '../money/price-store.ts'
import type { MembershipStore } from '../people/membership-store.ts'
import type { OrgStore } from '../people/org-store.ts'
import type { TierStore } from '../people/tier-store.ts'
import type { UserStore } from '../people/user-store.ts'
import type { SignInStore } from '../sign-in/sign-in-store.ts'
import type { MetricsStore } from '../telemetry/metrics-store.ts'
import type { IdempotencyStore } from './api/idempotency.ts'

/** What the control plane reads and changes, beside keys, gateways and logs. */
export interface ControlPlane {
  orgs: OrgStore
  users: UserStore
  memberships: MembershipStore
  tiers: TierStore
  providerKeys: ProviderKeyStore
  /** Seals provider keys; without it none can be stored. */
  vault: Vault | undefined
  budgets: BudgetStore
  prices: PriceStore
  alertEvents: AlertEventStore
  /** Rules, channels, and what became of them. */
  alerts: AlertStores
  usage: UsageStore
  /** What `/metrics` says beside totals. */
  metrics: MetricsStore
  analytics: AnalyticsStore
  upkeep: UsageUpkeep
  /** Passwords, sessions and invitations. */
  signIns: SignInStore
  /** Who changed what. */
  audit: AuditStore
  idempotency: IdempotencyStore
}
