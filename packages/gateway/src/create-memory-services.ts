import { createMemoryProviderKeyStore } from '@gw/keys'
import { createMemoryIdempotencyStore } from './admin/api/create-memory-idempotency-store.ts'
import { createMemoryAnalyticsStore } from './analytics/create-memory-analytics-store.ts'
import { createMemoryUsageUpkeep } from './analytics/create-memory-usage-upkeep.ts'
import { createMemoryAuditStore } from './audit/create-memory-audit-store.ts'
import { createMemorySignInStore } from './sign-in/create-memory-sign-in-store.ts'
import { createMemoryAlertEventStore } from './alerts/create-memory-alert-event-store.ts'
import { createMemoryAlertStores } from './alerts/create-memory-alert-stores.ts'
import { createMemoryBudgetStore } from './budgets/create-memory-budget-store.ts'
import { createCaching } from './cache/create-caching.ts'
import { createMemoryAnswerCache } from './cache/create-memory-answer-cache.ts'
import type { Deps } from './deps.ts'
import { createMemoryLogStore } from './logs/create-memory-log-store.ts'
import type { LogRecord } from './logs/log-record.ts'
import { createHealth } from './health/create-health.ts'
import { createMemoryHealthBoard } from './health/create-memory-health-board.ts'
import { createMemoryDynamicRouteStore } from './dynamic-routes/create-memory-dynamic-route-store.ts'
import { createMemoryLedgers } from './ledger/create-memory-ledgers.ts'
import { createPermits } from './ledger/create-permits.ts'
import { createMemoryPriceStore } from './money/create-memory-price-store.ts'
import { createAccountStore } from './people/account-store.ts'
import { createMemoryMembershipStore } from './people/create-memory-membership-store.ts'
import { createMemoryOrgStore } from './people/create-memory-org-store.ts'
import { createMemoryTierStore } from './people/create-memory-tier-store.ts'
import { createMemoryUserStore } from './people/create-memory-user-store.ts'
import { createMemoryMetricsStore } from './telemetry/create-memory-metrics-store.ts'
import { createRoutingMemory } from './routing/create-routing-memory.ts'

type Services = Pick<
  Deps,
  | 'cache'
  | 'dynamicRoutes'
  | 'accounts'
  | 'ledgers'
  | 'permits'
  | 'health'
  | 'routingMemory'
  | 'neuronsPerDay'
  | 'alert'
  | 'control'
>

const noUsage = {
  requests: 0,
  unchecked: 0,
  unpriced: 0,
  input_tokens: 0,
  output_tokens: 0,
  cost_nano_usd: 0,
  charged_nano_usd: 0,
  milli_neurons: 0,
  saved_nano_usd: 0,
  saved_ms: 0,
}

interface MemoryServicesOptions {
  now(): number
  /** The rows of the gateway's log store in memory, for analytics. */
  records?: Map<string, LogRecord>
}

/**
 * People, limits, budgets and prices in memory, for tests and for a gateway of one process; nobody is limited before
 * somebody is. Rows are not rolled up.
 * @example createGateway({ ...createMemoryServices({ now: Date.now }), providers, keys, … })
 */
export function createMemoryServices({ now, records = new Map() }: MemoryServicesOptions): Services {
  const ledgers = createMemoryLedgers({ now })
  const alertEvents = createMemoryAlertEventStore()
  const control = {
    orgs: createMemoryOrgStore(),
    users: createMemoryUserStore(),
    memberships: createMemoryMembershipStore(),
    tiers: createMemoryTierStore(),
    providerKeys: createMemoryProviderKeyStore(),
    vault: undefined,
    budgets: createMemoryBudgetStore(),
    prices: createMemoryPriceStore(),
    alertEvents,
    alerts: createMemoryAlertStores(),
    metrics: createMemoryMetricsStore(),
    usage: { totals: async () => noUsage },
    analytics: createMemoryAnalyticsStore({ logs: createMemoryLogStore(records) }),
    upkeep: createMemoryUsageUpkeep(records),
    signIns: createMemorySignInStore(),
    audit: createMemoryAuditStore(),
    idempotency: createMemoryIdempotencyStore(),
  }
  return {
    cache: createCaching({ answers: createMemoryAnswerCache({ now }) }),
    dynamicRoutes: createMemoryDynamicRouteStore(),
    accounts: createAccountStore({ ...control, now }),
    ledgers,
    permits: createPermits({ ledgers, now }),
    health: createHealth({ board: createMemoryHealthBoard({ now }), now }),
    routingMemory: createRoutingMemory(),
    neuronsPerDay: 10_000,
    alert: (event) => alertEvents.add(event),
    control,
  }
}
