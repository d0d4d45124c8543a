import type { AlertChannel } from './alert-channel.ts'
import type { AlertDelivery } from './alert-delivery.ts'
import type { AlertIncident } from './alert-incident.ts'
import { toMessage } from './alert-message.ts'
import type { AlertRule, Digest } from './alert-rule.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** The messages that an incident's notice is for the channels of its rule. */
export function planDeliveries(
  incident: AlertIncident,
  { channels, digest }: Pick<AlertRule, 'channels' | 'digest'>,
  all: readonly AlertChannel[],
): AlertDelivery[] {
  const { notice } = incident
  if (!notice) return []
  return all
    .filter(({ id, isEnabled }) => isEnabled && (channels === null || channels.includes(id)))
    .map((channel) => ({
      id: `${incident.id}.${incident.notices}.${channel.id}`,
      orgId: incident.orgId,
      channelId: channel.id,
      incidentId: incident.id,
      message: toMessage(incident, notice.change),
      digest,
      status: 'queued',
      attempts: 0,
      dueAt: dueAt(digest, notice.at),
      lastStatusCode: null,
      lastError: null,
      createdAt: notice.at,
      finishedAt: null,
    }))
}

/** Now, or the next full hour or UTC day. */
function dueAt(digest: Digest, at: number): number {
  if (digest === 'immediately') return at
  const period = digest === 'hourly' ? hourMs : dayMs
  return (Math.floor(at / period) + 1) * period
}
