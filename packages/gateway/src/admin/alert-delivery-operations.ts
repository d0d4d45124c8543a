import * as z from 'zod'
import type { AlertDelivery } from '../alerts/alert-delivery.ts'
import { titleOf } from '../alerts/alert-message.ts'
import type { Deps } from '../deps.ts'
import { alertOwnerQuery, ownerAccess, toOwner } from './alert-owner.ts'
import { operation } from './api/operation.ts'

const tag = 'Alerts'

const deliveryAnswer = z.object({
  id: z.string(),
  org_id: z.string().nullable(),
  channel_id: z.string(),
  event_id: z.string().nullable(),
  title: z.string(),
  message: z.string(),
  status: z.enum(['queued', 'sent', 'failed']),
  attempts: z.number(),
  due_at: z.number(),
  last_status_code: z.number().nullable(),
  last_error: z.string().nullable(),
  created_at: z.number(),
  finished_at: z.number().nullable(),
})

/** Messages to channels. */
export function alertDeliveryOperations(deps: Deps) {
  const { deliveries } = deps.control.alerts
  return [
    operation(
      {
        method: 'GET',
        path: '/alert-deliveries',
        tag,
        access: ownerAccess('viewer'),
        summary: 'Messages to channels, newest first, and what became of them.',
        query: z.strictObject({
          ...alertOwnerQuery,
          event_id: z.string().min(1).optional(),
          limit: z.coerce.number().int().min(1).max(1000).default(50),
        }),
        answer: z.object({ data: z.array(deliveryAnswer) }),
      },
      async ({ org, query: { event_id: incidentId, limit } }) => ({
        data: (await deliveries.list({ orgId: toOwner(org), limit, incidentId })).map(toPublicDelivery),
      }),
    ),
  ] as const
}

function toPublicDelivery(delivery: AlertDelivery): z.input<typeof deliveryAnswer> {
  return {
    id: delivery.id,
    org_id: delivery.orgId,
    channel_id: delivery.channelId,
    event_id: delivery.incidentId,
    title: titleOf(delivery.message),
    message: delivery.message.message,
    status: delivery.status,
    attempts: delivery.attempts,
    due_at: delivery.dueAt,
    last_status_code: delivery.lastStatusCode,
    last_error: delivery.lastError,
    created_at: delivery.createdAt,
    finished_at: delivery.finishedAt,
  }
}
