import { Secret } from '@gw/keys'
import type * as z from 'zod'
import type { AlertChannel, ChannelSettings } from '../alerts/alert-channel.ts'
import { channelPurpose, channelSecretSchema } from '../alerts/send-to-channel.ts'
import type { Deps } from '../deps.ts'
import { guardUpstreamUrl } from '../steps/guard-upstream-url.ts'
import { requireFound } from './require-found.ts'
import { requireVault } from './require-vault.ts'

/** Of a webhook for programs, 32 random bytes. */
export function createSigningSecret({ random }: Deps): string {
  const bytes = new Uint8Array(32)
  random(bytes)
  return `whsec_${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

/** What of a URL may be shown; a short path would be said whole by its end. */
export function previewOf(text: string): string {
  const { origin, pathname, search } = new URL(text)
  const rest = pathname + search
  return `${origin}/…${rest.length < 16 ? '' : rest.slice(-4)}`
}

type ChannelSecret = z.output<typeof channelSecretSchema>

/** Keeps a webhook's secrets. @throws GatewayError `blocked_upstream_url`, `unavailable` */
export async function sealChannel({ id, orgId }: AlertChannel, secret: ChannelSecret, deps: Deps): Promise<void> {
  guardUpstreamUrl(new URL(secret.url), deps.allowPrivateUpstreams)
  const bound = { orgId, providerId: channelPurpose, recordId: id }
  const sealed = await requireVault(deps).seal(new Secret(JSON.stringify(secret)), bound)
  await deps.control.alerts.secrets.put({ id, orgId, purpose: channelPurpose, sealed })
}

interface SettingsChange {
  url?: string | undefined
  signing_secret?: string | undefined
  to?: string[] | undefined
}

/** The settings after a change, its secrets kept. @throws as `sealChannel` does */
export async function changeSettings(
  channel: AlertChannel,
  { url: newUrl, signing_secret: newSecret, to: addresses }: SettingsChange,
  deps: Deps,
): Promise<ChannelSettings> {
  const { settings, orgId, id } = channel
  if (settings.kind === 'email') return { ...settings, to: addresses ?? settings.to }
  if (newUrl === undefined && newSecret === undefined) return settings
  const record = requireFound(
    await deps.control.alerts.secrets.find(orgId, id),
    'The URL is lost. Make the channel anew.',
  )
  const bound = { orgId, providerId: channelPurpose, recordId: id }
  const opened = await requireVault(deps).open(record.sealed, bound)
  const old = channelSecretSchema.parse(JSON.parse(opened.reveal()))
  const secret = { url: newUrl ?? old.url, signing_secret: newSecret ?? old.signing_secret }
  await sealChannel(channel, secret, deps)
  return { ...settings, urlPreview: previewOf(secret.url) }
}
