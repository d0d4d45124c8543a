import type { AiRunOptions, GatewayOptions } from '../../ai-binding.ts'
import { mergeHeaders } from './merge-headers.ts'
import type { RunSettings } from './run-settings.ts'

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
  const merged = mergeHeaders(extraHeaders, affinity, headers)
  const chosen = own ? { ...gateway, ...(typeof own === 'string' ? { id: own } : own) } : gateway
  return {
    ...passed,
    returnRawResponse: true,
    ...(chosen && { gateway: chosen }),
    ...(Object.keys(merged).length > 0 && { extraHeaders: merged }),
    ...(abortSignal && { signal: abortSignal }),
  }
}
