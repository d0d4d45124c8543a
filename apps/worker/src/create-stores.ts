import {
  createCachedDynamicRouteStore,
  createCachedGatewayStore,
  createDbAlertEventStore,
  createDbAlertStores,
  createDbAnalyticsStore,
  createDbAuditStore,
  createDbBudgetStore,
  createDbDynamicRouteStore,
  createDbGatewayStore,
  createDbIdempotencyStore,
  createDbKeyStore,
  createDbLogStore,
  createDbMembershipStore,
  createDbMetricsStore,
  createDbOrgStore,
  createDbPriceStore,
  createDbProviderKeyStore,
  createDbSignInStore,
  createDbTierStore,
  createDbUsageStore,
  createDbUsageUpkeep,
  createDbUserStore,
} from '@gw/gateway'
import { createCachedKeyStore, createCachedProviderKeyStore } from '@gw/keys'
import { createDb } from './create-db.ts'

/** The gateway's stores in D1; what every request needs is kept in memory for ten seconds. */
export function createStores(database: D1Database, now: () => number) {
  const db = createDb(database)
  return {
    keys: createCachedKeyStore(createDbKeyStore(db), { now }),
    dynamicRoutes: createCachedDynamicRouteStore(createDbDynamicRouteStore(db), { now }),
    gateways: createCachedGatewayStore(createDbGatewayStore(db), { now }),
    providerKeys: createCachedProviderKeyStore(createDbProviderKeyStore(db), { now }),
    logs: createDbLogStore(db),
    orgs: createDbOrgStore(db),
    users: createDbUserStore(db),
    memberships: createDbMembershipStore(db),
    tiers: createDbTierStore(db),
    budgets: createDbBudgetStore(db),
    prices: createDbPriceStore(db),
    alertEvents: createDbAlertEventStore(db),
    alerts: createDbAlertStores(db),
    metrics: createDbMetricsStore(db),
    usage: createDbUsageStore(db),
    analytics: createDbAnalyticsStore(db),
    upkeep: createDbUsageUpkeep(db),
    signIns: createDbSignInStore(db),
    audit: createDbAuditStore(db),
    idempotency: createDbIdempotencyStore(db),
  }
}
