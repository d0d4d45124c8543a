import type { Deps } from '../deps.ts'
import type { GatewaySettings } from '../gateways/gateway-store.ts'
import { guardUpstreamUrl } from '../steps/guard-upstream-url.ts'
import { sealOtel, type OtelPlace } from '../telemetry/otel-secrets.ts'
import { requireVault } from './require-vault.ts'

/**
 * A gateway's settings as they may be kept and shown: what is secret of them is sealed elsewhere, and without any nothing
 * is there of earlier ones.
 * @throws GatewayError `blocked_upstream_url`, `unavailable`
 */
export async function sealSettings(settings: GatewaySettings, place: OtelPlace, deps: Deps): Promise<GatewaySettings> {
  const { otel } = settings
  for (const { url } of otel ?? []) guardUpstreamUrl(new URL(url), deps.allowPrivateUpstreams)
  const { control } = deps
  const sealed = await sealOtel(otel ?? [], place, {
    secrets: control.alerts.secrets,
    vault: control.vault,
    requireVault: () => requireVault(deps),
  })
  return otel ? { ...settings, otel: sealed } : settings
}
