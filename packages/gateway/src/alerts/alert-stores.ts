import type { SealedSecretStore } from '../secrets/sealed-secret-store.ts'
import type { AlertChannelStore } from './alert-channel.ts'
import type { AlertDeliveryStore } from './alert-delivery.ts'
import type { AlertIncidentStore } from './alert-incident.ts'
import type { AlertRuleStore } from './alert-rule.ts'
import type { RequestFacts } from './request-facts.ts'

/** What alerting keeps, beside events, and what it looks at. */
export interface AlertStores {
  rules: AlertRuleStore
  channels: AlertChannelStore
  incidents: AlertIncidentStore
  deliveries: AlertDeliveryStore
  secrets: SealedSecretStore
  facts: RequestFacts
}
