import type { LogRecord } from '../logs/log-record.ts'
import { createMemorySealedSecretStore } from '../secrets/create-memory-sealed-secret-store.ts'
import type { AlertStores } from './alert-stores.ts'
import { createMemoryAlertChannelStore } from './create-memory-alert-channel-store.ts'
import { createMemoryAlertDeliveryStore } from './create-memory-alert-delivery-store.ts'
import { createMemoryAlertIncidentStore } from './create-memory-alert-incident-store.ts'
import { createMemoryAlertRuleStore } from './create-memory-alert-rule-store.ts'
import { createMemoryRequestFacts } from './create-memory-request-facts.ts'

/** Alerting in memory; for tests. `rows` are the requests that rules look at. */
export function createMemoryAlertStores(rows: () => readonly LogRecord[] = () => []): AlertStores {
  return {
    rules: createMemoryAlertRuleStore(),
    channels: createMemoryAlertChannelStore(),
    incidents: createMemoryAlertIncidentStore(),
    deliveries: createMemoryAlertDeliveryStore(),
    secrets: createMemorySealedSecretStore(),
    facts: createMemoryRequestFacts(rows),
  }
}
