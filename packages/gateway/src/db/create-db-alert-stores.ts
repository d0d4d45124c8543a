import type { Kysely } from 'kysely'
import type { AlertStores } from '../alerts/alert-stores.ts'
import { createDbAlertChannelStore } from './create-db-alert-channel-store.ts'
import { createDbAlertDeliveryStore } from './create-db-alert-delivery-store.ts'
import { createDbAlertIncidentStore } from './create-db-alert-incident-store.ts'
import { createDbAlertRuleStore } from './create-db-alert-rule-store.ts'
import { createDbRequestFacts } from './create-db-request-facts.ts'
import { createDbSealedSecretStore } from './create-db-sealed-secret-store.ts'
import type { Database } from './database.ts'

/** Alerting in the database. */
export function createDbAlertStores(db: Kysely<Database>): AlertStores {
  return {
    rules: createDbAlertRuleStore(db),
    channels: createDbAlertChannelStore(db),
    incidents: createDbAlertIncidentStore(db),
    deliveries: createDbAlertDeliveryStore(db),
    secrets: createDbSealedSecretStore(db),
    facts: createDbRequestFacts(db),
  }
}
