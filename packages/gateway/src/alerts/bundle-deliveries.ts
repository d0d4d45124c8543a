import type { AlertDelivery } from './alert-delivery.ts'

/** A chat message has no room for more. */
const mostTogether = 10

/** Deliveries that are one message: each by itself, but those of a digest together, channel by channel. */
export function bundleDeliveries(deliveries: readonly AlertDelivery[]): AlertDelivery[][] {
  const byKey = new Map<string, AlertDelivery[]>()
  for (const delivery of deliveries) {
    const { id, channelId, digest, attempts } = delivery
    const key = digest === 'immediately' ? id : JSON.stringify([channelId, digest, attempts])
    byKey.set(key, [...(byKey.get(key) ?? []), delivery])
  }
  return [...byKey.values()].flatMap(split)
}

function split(deliveries: AlertDelivery[]): AlertDelivery[][] {
  if (deliveries.length <= mostTogether) return [deliveries]
  return [deliveries.slice(0, mostTogether), ...split(deliveries.slice(mostTogether))]
}
