import { isGatewayError } from '@gw/headers'
import type { Vault } from '@gw/keys'
import * as z from 'zod'
import type { SealedSecretStore } from '../secrets/sealed-secret-store.ts'
import { guardUpstreamUrl } from '../steps/guard-upstream-url.ts'
import type { AlertChannel, WebhookFormat } from './alert-channel.ts'
import type { AlertMessage } from './alert-message.ts'
import { formatDiscord } from './format-discord.ts'
import { formatEmail } from './format-email.ts'
import { formatJson } from './format-json.ts'
import { formatSlack } from './format-slack.ts'
import { signWebhook } from './sign-webhook.ts'

export interface Email {
  to: readonly string[]
  subject: string
  text: string
}

/** What channels need of the world. */
export interface ChannelDeps {
  secrets: SealedSecretStore
  vault: Vault | undefined
  fetch(request: Request): Promise<Response>
  /** Sends a mail; without it no channel of that kind can. @throws where it could not */
  sendEmail?: ((email: Email) => Promise<void>) | undefined
  allowPrivateUpstreams: boolean
  now(): number
}

/** What became of a message. */
export interface SendOutcome {
  ok: boolean
  /** `null` where nothing was answered. */
  statusCode: number | null
  /** Why it did not go out; quotes nothing that the other side said. */
  error: string | null
  /** What the other side asks for, ms. */
  retryAfterMs: number | null
}

/** A channel that does not answer is not waited for longer, ms. */
const timeoutMs = 10_000

const formats: Readonly<Record<WebhookFormat, (messages: readonly AlertMessage[]) => object>> = {
  slack: formatSlack,
  discord: formatDiscord,
  json: formatJson,
}

/** What secrets of channels are sealed for. */
export const channelPurpose = 'alert-channel'

/** What is secret of a webhook. */
export const channelSecretSchema = z.object({ url: z.string(), signing_secret: z.string().nullable() })

/** Sends one message about all of the alerts. Never rejects. `deliveryId` stays the same when it is sent again. */
export async function sendToChannel(
  { channel, messages, deliveryId }: { channel: AlertChannel; messages: readonly AlertMessage[]; deliveryId: string },
  deps: ChannelDeps,
): Promise<SendOutcome> {
  try {
    const { settings } = channel
    if (settings.kind === 'webhook') {
      return await post({ channel, format: settings.format, messages, deliveryId }, deps)
    }
    if (!deps.sendEmail) return failed('This gateway cannot send mail: it has no EMAIL binding and GW_EMAIL_FROM.')
    await deps.sendEmail({ to: settings.to, ...formatEmail(messages) })
    return { ok: true, statusCode: null, error: null, retryAfterMs: null }
  } catch (error) {
    return failed(sayWhy(error))
  }
}

interface Post {
  channel: AlertChannel
  format: WebhookFormat
  messages: readonly AlertMessage[]
  deliveryId: string
}

async function post({ channel, format, messages, deliveryId }: Post, deps: ChannelDeps): Promise<SendOutcome> {
  const { orgId, id } = channel
  const record = await deps.secrets.find(orgId, id)
  if (!record || !deps.vault) return failed('The URL cannot be opened: set GW_MASTER_KEY, or enter the URL again.')
  const secret = await deps.vault.open(record.sealed, { orgId, providerId: channelPurpose, recordId: id })
  const { url, signing_secret } = channelSecretSchema.parse(JSON.parse(secret.reveal()))
  guardUpstreamUrl(new URL(url), deps.allowPrivateUpstreams)
  const body = JSON.stringify(formats[format](messages))
  const signature = format === 'json' && signing_secret ? { body, secret: signing_secret, now: deps.now() } : undefined
  const response = await deps.fetch(
    new Request(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        'content-type': 'application/json',
        'user-agent': 'gw-alerts/1',
        'gw-delivery-id': deliveryId,
        ...(signature && { 'gw-signature': await signWebhook(signature) }),
      },
      body,
    }),
  )
  await response.body?.cancel().catch(() => undefined)
  return toOutcome(response)
}

function toOutcome({ ok, status, headers }: Response): SendOutcome {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  const isRedirect = status === 0 || (status >= 300 && status < 400)
  const error = isRedirect
    ? `It answered with a redirect (${status}), which is not followed.`
    : `It answered ${status}.`
  const retryAfterMs = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : null
  return { ok, statusCode: status, error: ok ? null : error, retryAfterMs }
}

const failed = (error: string): SendOutcome => ({ ok: false, statusCode: null, error, retryAfterMs: null })

/** Messages of errors that nobody foresaw may quote the URL. */
function sayWhy(error: unknown): string {
  if (isGatewayError(error) && error.code === 'blocked_upstream_url') return error.message
  const name = error instanceof Error ? error.name : typeof error
  return name === 'TimeoutError' ? `It did not answer within ${timeoutMs / 1000} s.` : `It could not be sent (${name}).`
}
