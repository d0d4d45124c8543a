import { alertEventId, type AlertEvent, type AlertEventStore } from './alert-event.ts'

export interface AlertsOptions {
  store: AlertEventStore
  /** Hears of an event that could not be kept. */
  report(error: unknown): void
}

/** More kinds and subjects than one isolate sees in an hour. */
const mostRemembered = 1000

/** Keeps events without being waited for; what this isolate has said within the hour is not said again. */
export function createAlerts({ store, report }: AlertsOptions): (event: AlertEvent) => Promise<void> {
  const said = new Set<string>()
  return async (event) => {
    const id = alertEventId(event)
    if (said.has(id)) return
    if (said.size >= mostRemembered) said.clear()
    said.add(id)
    try {
      await store.add(event)
    } catch (error) {
      said.delete(id)
      report(error)
    }
  }
}
