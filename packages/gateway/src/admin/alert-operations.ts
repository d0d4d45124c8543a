import type { Deps } from '../deps.ts'
import { alertChannelOperations } from './alert-channel-operations.ts'
import { alertDeliveryOperations } from './alert-delivery-operations.ts'
import { alertEventOperations } from './alert-event-operations.ts'
import { alertRuleOperations } from './alert-rule-operations.ts'

/** Rules, channels, alerts and messages. */
export function alertOperations(deps: Deps) {
  return [
    ...alertRuleOperations(deps),
    ...alertEventOperations(deps),
    ...alertChannelOperations(deps),
    ...alertDeliveryOperations(deps),
  ] as const
}
