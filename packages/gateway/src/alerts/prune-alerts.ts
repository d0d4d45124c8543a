import type { AlertEventStore } from './alert-event.ts'
import type { AlertStores } from './alert-stores.ts'

/** How long history is kept, ms. */
const keptMs = 90 * 24 * 3_600_000

/** Removes what ended long ago: events, incidents that are over, messages that went out or were given up. */
export async function pruneAlerts(
  { incidents, deliveries, events }: Pick<AlertStores, 'incidents' | 'deliveries'> & { events: AlertEventStore },
  now: number,
): Promise<void> {
  const before = now - keptMs
  await Promise.all([incidents.prune(before), deliveries.prune(before), events.prune(before)])
}
