import type { AiRunOptions, GatewayOptions } from '../../ai-binding.ts'
import { mergeHeaders } from './merge-headers.ts'
import type { RunSettings } from './run-settings.ts'
import { splitGateway } from './split-gateway.ts'

interface RunOptionsSource {
  gateway: GatewayOptions | undefined
  settings: RunSettings
  headers: Record<string, string | undefined> | undefined
  abortSignal: AbortSignal | undefined
}

/** The options of `run`. What is nearer to the call wins: its headers over the model's, the model's gateway over the provider's. */
export function toRunOptions({ gateway, settings, headers, abortSignal }: RunOptionsSource): AiRunOptions {
  const { gateway: own, extraHeaders, sessionAffinity, ...passed } = settings
  const affinity = sessionAffinity === undefined ? {} : { 'x-session-affinity': sessionAffinity }
  const chosen = chooseGateway(gateway, own)
  const split = chosen && splitGateway(chosen)
  const merged = mergeHeaders(split?.headers, extraHeaders, affinity, headers)
  return {
    ...passed,
    returnRawResponse: true,
    ...(split && { gateway: split.gateway }),
    ...(Object.keys(merged).length > 0 && { extraHeaders: merged }),
    ...(abortSignal && { signal: abortSignal }),
  }
}

/** The gateway of a model's calls: the provider's with the model's own settings on top, field by field. */
export function chooseGateway(
  gateway: GatewayOptions | undefined,
  own: RunSettings['gateway'],
): GatewayOptions | undefined {
  return own ? { ...gateway, ...(typeof own === 'string' ? { id: own } : own) } : gateway
}
