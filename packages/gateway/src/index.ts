export type { Deps, Execution, UpstreamLimits } from './deps.ts'
export type { AdminApi } from './admin/admin-operations.ts'
export type { ControlPlane } from './admin/control-plane.ts'
export type { AlertEvent, AlertEventStore, AlertKind } from './alerts/alert-event.ts'
export type { AnalyticsStore } from './analytics/analytics-store.ts'
export type { UsageUpkeep } from './analytics/usage-upkeep.ts'
export { createAlertDesk, type AlertDesk, type AlertDeskDeps } from './alerts/create-alert-desk.ts'
export type { AlertStores } from './alerts/alert-stores.ts'
export type { Email } from './alerts/send-to-channel.ts'
export { createAlerts } from './alerts/create-alerts.ts'
export { createMemoryAlertStores } from './alerts/create-memory-alert-stores.ts'
export { pruneAlerts } from './alerts/prune-alerts.ts'
export { createMemoryAlertEventStore } from './alerts/create-memory-alert-event-store.ts'
export type { Budget, BudgetChange, BudgetScope, BudgetStore } from './budgets/budget.ts'
export type { BodyPlace, BodyStore, KeptBodies } from './bodies/body-store.ts'
export { createBodies, type Bodies } from './bodies/create-bodies.ts'
export { createMemoryBodyStore } from './bodies/create-memory-body-store.ts'
export { budgetCounters } from './budgets/budget-counters.ts'
export { createMemoryBudgetStore } from './budgets/create-memory-budget-store.ts'
export type { AnswerCache, Keeping, Opened } from './cache/answer-cache.ts'
export type { CacheKey } from './cache/cache-key.ts'
export { createMemorySemanticIndex } from './cache/semantic/create-memory-semantic-index.ts'
export { createWorkersAIEmbedder } from './cache/semantic/create-workers-ai-embedder.ts'
export type { Embedder, EmbedContext } from './cache/semantic/embedder.ts'
export type { Neighbour, SemanticEntry, SemanticIndex } from './cache/semantic/semantic-index.ts'
export { createCaching, type Caching } from './cache/create-caching.ts'
export { createMemoryAnswerCache } from './cache/create-memory-answer-cache.ts'
export { createSealedAnswerCache } from './cache/create-sealed-answer-cache.ts'
export { createTurns, type Turns } from './cache/create-turns.ts'
export { createGateway } from './create-gateway.ts'
export { createMemoryServices } from './create-memory-services.ts'
export { createIdFactory } from './create-id-factory.ts'
export { createDbAuditStore } from './db/create-db-audit-store.ts'
export { createDbAnalyticsStore } from './db/create-db-analytics-store.ts'
export { createDbAlertEventStore } from './db/create-db-alert-event-store.ts'
export { createDbAlertStores } from './db/create-db-alert-stores.ts'
export { createDbBudgetStore } from './db/create-db-budget-store.ts'
export { createDbDynamicRouteStore } from './db/create-db-dynamic-route-store.ts'
export { createDbGatewayStore } from './db/create-db-gateway-store.ts'
export { createDbIdempotencyStore } from './db/create-db-idempotency-store.ts'
export { createDbKeyStore } from './db/create-db-key-store.ts'
export { createDbLogStore } from './db/create-db-log-store.ts'
export { createDbMetricsStore } from './db/create-db-metrics-store.ts'
export { createDbMembershipStore } from './db/create-db-membership-store.ts'
export { createDbOrgStore } from './db/create-db-org-store.ts'
export { createDbPriceStore } from './db/create-db-price-store.ts'
export { createDbProviderKeyStore } from './db/create-db-provider-key-store.ts'
export { createDbSignInStore } from './db/create-db-sign-in-store.ts'
export { createDbTierStore } from './db/create-db-tier-store.ts'
export { createDbUsageUpkeep } from './db/create-db-usage-upkeep.ts'
export { createDbUsageStore } from './db/create-db-usage-store.ts'
export { createDbUserStore } from './db/create-db-user-store.ts'
export type { Database } from './db/database.ts'
export { createCachedDynamicRouteStore } from './dynamic-routes/create-cached-dynamic-route-store.ts'
export { createMemoryDynamicRouteStore } from './dynamic-routes/create-memory-dynamic-route-store.ts'
export type {
  DynamicRoute,
  DynamicRouteStore,
  RouteDeployment,
  RouteScope,
  RouteVersion,
  ServedRoute,
} from './dynamic-routes/dynamic-route-store.ts'
export { createCachedGatewayStore } from './gateways/create-cached-gateway-store.ts'
export { createMemoryGatewayStore } from './gateways/create-memory-gateway-store.ts'
export type { Gateway, GatewaySettings, GatewayStore } from './gateways/gateway-store.ts'
export { createHealth, type Health } from './health/create-health.ts'
export { createMemoryHealthBoard } from './health/create-memory-health-board.ts'
export type { HealthBoard, ProbeAnswer, TargetOutcome, TargetStates } from './health/health-board.ts'
export { createHealthRecords, type HealthRecords } from './health/health-records.ts'
export { createLedger, type LedgerEngine } from './ledger/create-ledger.ts'
export { createMemoryLedgerState } from './ledger/create-memory-ledger-state.ts'
export { createMemoryLedgers } from './ledger/create-memory-ledgers.ts'
export { createPermits, type Permit, type PermitRequest, type Permits } from './ledger/create-permits.ts'
export { ledgerName } from './ledger/ledger-name.ts'
export { LedgerUnavailable } from './ledger/ledger-unavailable.ts'
export {
  settledMemoryMs,
  type Cell,
  type Cleaned,
  type Hold,
  type LastGrant,
  type LedgerState,
} from './ledger/ledger-state.ts'
export type {
  Counter,
  CounterState,
  CounterWindow,
  Ledger,
  Ledgers,
  Reservation,
  Reserved,
  Settlement,
  Taken,
  TakeRequest,
} from './ledger/ledger.ts'
export { createMemoryLogStore } from './logs/create-memory-log-store.ts'
export type { AttemptRecord, BillLine, Ending, LogRecord, UsageSource } from './logs/log-record.ts'
export type { LogPage, LogPatch, LogQuery, LogStore } from './logs/log-store.ts'
export type { UsageQuery, UsageStore, UsageTotals } from './logs/usage-store.ts'
export { createMemoryPriceStore } from './money/create-memory-price-store.ts'
export type { OwnPrice, PriceStore } from './money/price-store.ts'
export { settleRecords } from './money/settle-records.ts'
export { createAccountStore, type Account, type AccountStore } from './people/account-store.ts'
export { createMemoryAccountStore } from './people/create-memory-account-store.ts'
export { createMemoryMembershipStore } from './people/create-memory-membership-store.ts'
export { createMemoryOrgStore } from './people/create-memory-org-store.ts'
export { createMemoryTierStore, seedTiers } from './people/create-memory-tier-store.ts'
export { createMemoryUserStore } from './people/create-memory-user-store.ts'
export { roles, type Membership, type MembershipStore, type Role } from './people/membership-store.ts'
export type { Org, OrgChange, OrgStore } from './people/org-store.ts'
export type { Tier, TierChange, TierStore } from './people/tier-store.ts'
export type { User, UserChange, UserStore } from './people/user-store.ts'
export { createAccessVerifier, type AccessOptions } from './sign-in/create-access-verifier.ts'
export { createRoutingMemory, type RoutingMemory } from './routing/create-routing-memory.ts'
export { createMemoryTextStore } from './responses/create-memory-text-store.ts'
export { createResponseStore, type TextStore } from './responses/create-response-store.ts'
export type { ResponseStore, StoredResponse } from './responses/response-store.ts'
export { exportTelemetry, TelemetryError, type TelemetryDeps } from './telemetry/export-telemetry.ts'
export type { OtelExporter } from './telemetry/otel-exporter.ts'
export type { Semconv } from './telemetry/semconv.ts'
export { createTape, type Tape } from './runs/create-tape.ts'
export type { RunOwner, Runs } from './runs/runs.ts'
export type { TapePiece, TapeStore } from './runs/tape-store.ts'
