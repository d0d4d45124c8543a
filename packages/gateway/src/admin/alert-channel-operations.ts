import { GatewayError } from '@gw/headers'
import * as z from 'zod'
import type { AlertChannel, ChannelSettings } from '../alerts/alert-channel.ts'
import type { AlertDelivery } from '../alerts/alert-delivery.ts'
import { testMessage } from '../alerts/alert-message.ts'
import { sendToChannel } from '../alerts/send-to-channel.ts'
import type { Deps } from '../deps.ts'
import { changeSettings, createSigningSecret, previewOf, sealChannel } from './alert-channel-secret.ts'
import { alertOwnerQuery, ownerAccess, toOwner } from './alert-owner.ts'
import { operation } from './api/operation.ts'
import { secretField } from './api/secret-field.ts'
import { requireFound } from './require-found.ts'
import { textSchema } from './text-schema.ts'

const tag = 'Alerts'
const format = z.enum(['slack', 'discord', 'json'])
const url = secretField(z.url().max(2000))
const signingSecret = secretField(z.string().min(16).max(200))
const to = z.array(z.email().max(254)).min(1).max(20)

const channelAnswer = z.object({
  id: z.string(),
  org_id: z.string().nullable(),
  name: z.string(),
  kind: z.enum(['webhook', 'email']),
  enabled: z.boolean(),
  /** Of a webhook. */
  format: format.nullable(),
  /** The host, and the last characters. */
  url_preview: z.string().nullable(),
  /** Of mail. */
  to: z.array(z.string()).nullable(),
  /** Why it cannot send anything as the gateway is set up; `null` where it can. */
  problem: z.string().nullable(),
  created_at: z.number(),
  updated_at: z.number(),
})
/** The signing secret of a JSON webhook is shown when it is made, and never again. */
const madeAnswer = channelAnswer.extend({ signing_secret: z.string().optional() })

const notThere = 'There is no alert channel with this id here. GET /api/alert-channels lists them.'
const query = z.strictObject(alertOwnerQuery)

/** Where alerts are told. */
export function alertChannelOperations(deps: Deps) {
  return [...readOperations(deps), ...writeOperations(deps)] as const
}

function readOperations(deps: Deps) {
  const { channels } = deps.control.alerts
  return [
    operation(
      {
        method: 'GET',
        path: '/alert-channels',
        tag,
        access: ownerAccess('viewer'),
        summary: "Channels for alerts; with system=true the operator's.",
        query,
        answer: z.object({ data: z.array(channelAnswer) }),
      },
      async ({ org }) => ({ data: (await channels.list(toOwner(org))).map((channel) => toPublic(channel, deps)) }),
    ),
    operation(
      {
        method: 'GET',
        path: '/alert-channels/:id',
        tag,
        access: ownerAccess('viewer'),
        summary: 'One channel.',
        query,
        answer: channelAnswer,
      },
      async ({ org, params }) => toPublic(requireFound(await channels.find(toOwner(org), params.id), notThere), deps),
    ),
  ] as const
}

function writeOperations(deps: Deps) {
  const { channels, secrets } = deps.control.alerts
  const find = async (orgId: string | null, id: string): Promise<AlertChannel> =>
    requireFound(await channels.find(orgId, id), notThere)
  return [
    operation(
      {
        method: 'POST',
        path: '/alert-channels',
        tag,
        access: ownerAccess('admin'),
        summary: 'Makes a channel: a webhook for Slack, Discord or programs, or mail.',
        query,
        body: z.strictObject({
          name: textSchema,
          kind: z.enum(['webhook', 'email']),
          format: format.default('json'),
          url: url.optional(),
          signing_secret: signingSecret.optional(),
          to: to.optional(),
        }),
        answer: madeAnswer,
        status: 201,
        answersSecret: true,
      },
      async ({ org, body }) => {
        const at = { createdAt: deps.now(), updatedAt: deps.now() }
        const about = { id: deps.createId(), orgId: toOwner(org), name: body.name, isEnabled: true, ...at }
        if (body.kind === 'email') {
          const channel = { ...about, settings: { kind: 'email', to: body.to ?? missing('to') } } as const
          await channels.save(channel)
          return toPublic(channel, deps)
        }
        const text = body.url ?? missing('url')
        const signing = body.format === 'json' ? (body.signing_secret ?? createSigningSecret(deps)) : null
        const settings = { kind: 'webhook', format: body.format, urlPreview: previewOf(text) } as const
        const channel = { ...about, settings }
        await sealChannel(channel, { url: text, signing_secret: signing }, deps)
        await channels.save(channel)
        return { ...toPublic(channel, deps), ...(signing !== null && { signing_secret: signing }) }
      },
    ),
    operation(
      {
        method: 'PATCH',
        path: '/alert-channels/:id',
        tag,
        access: ownerAccess('admin'),
        summary: 'Changes a channel, or switches it off.',
        query,
        body: z.strictObject({
          name: textSchema.exactOptional(),
          enabled: z.boolean().optional(),
          url: url.optional(),
          signing_secret: signingSecret.optional(),
          to: to.optional(),
        }),
        answer: channelAnswer,
      },
      async ({ org, params, body: { name, enabled, ...change } }) => {
        const old = await find(toOwner(org), params.id)
        const settings = await changeSettings(old, change, deps)
        const isEnabled = enabled ?? old.isEnabled
        const channel = { ...old, name: name ?? old.name, isEnabled, settings, updatedAt: deps.now() }
        await channels.save(channel)
        return toPublic(channel, deps)
      },
    ),
    operation(
      {
        method: 'DELETE',
        path: '/alert-channels/:id',
        tag,
        access: ownerAccess('admin'),
        summary: 'Removes a channel. What waits for it is given up.',
        query,
        answer: undefined,
      },
      async ({ org, params }) => {
        requireFound((await channels.remove(toOwner(org), params.id)) || undefined, notThere)
        await secrets.remove(toOwner(org), params.id)
      },
    ),
    operation(
      {
        method: 'POST',
        path: '/alert-channels/:id/test',
        tag,
        access: ownerAccess('admin'),
        summary: 'Sends a test message at once, and says what became of it.',
        query,
        answer: z.object({ ok: z.boolean(), status_code: z.number().nullable(), error: z.string().nullable() }),
      },
      async ({ org, params }) => sendTest(await find(toOwner(org), params.id), deps),
    ),
  ] as const
}

function missing(param: string): never {
  throw new GatewayError('invalid_request', `${param}: is missing for a channel of this kind.`, { detail: { param } })
}

async function sendTest(channel: AlertChannel, deps: Deps) {
  const { secrets, deliveries } = deps.control.alerts
  const { orgId } = channel
  const [id, createdAt] = [deps.createId(), deps.now()]
  const message = testMessage(orgId, createdAt)
  const outcome = await sendToChannel(
    { channel, messages: [message], deliveryId: id },
    { ...deps, secrets, vault: deps.control.vault },
  )
  const delivery: AlertDelivery = {
    id,
    orgId,
    channelId: channel.id,
    incidentId: null,
    message,
    digest: 'immediately',
    status: outcome.ok ? 'sent' : 'failed',
    attempts: 1,
    dueAt: createdAt,
    lastStatusCode: outcome.statusCode,
    lastError: outcome.error,
    createdAt,
    finishedAt: deps.now(),
  }
  await deliveries.add([delivery])
  return { ok: outcome.ok, status_code: outcome.statusCode, error: outcome.error }
}

function toPublic({ id, orgId, name, isEnabled, settings, createdAt, updatedAt }: AlertChannel, deps: Deps) {
  return {
    id,
    org_id: orgId,
    name,
    kind: settings.kind,
    enabled: isEnabled,
    format: settings.kind === 'webhook' ? settings.format : null,
    url_preview: settings.kind === 'webhook' ? settings.urlPreview : null,
    to: settings.kind === 'email' ? [...settings.to] : null,
    problem: problemOf(settings, deps),
    created_at: createdAt,
    updated_at: updatedAt,
  }
}

function problemOf({ kind }: ChannelSettings, { sendEmail, control }: Deps): string | null {
  if (kind === 'email')
    return sendEmail ? null : 'This gateway cannot send mail: it has no EMAIL binding and GW_EMAIL_FROM.'
  return control.vault ? null : 'The URL cannot be opened: GW_MASTER_KEY is not set.'
}
