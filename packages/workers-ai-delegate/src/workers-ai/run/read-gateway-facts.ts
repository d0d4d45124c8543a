import { parseResponseMeta } from '@gw/headers'
import type { JSONObject, SharedV4Warning } from '@ai-sdk/provider'

/** What the gateway's headers say about a call. */
export interface GatewayFacts {
  /** For `providerMetadata.gateway`; `undefined` where no gateway answered. */
  metadata: JSONObject | undefined
  /** What the gateway left out because the target cannot express it. */
  warnings: SharedV4Warning[]
}

/** Reads log id, cache status, cost and so on from an answer's headers. */
export function readGatewayFacts(headers: Record<string, string> | undefined): GatewayFacts {
  const meta = parseResponseMeta(headers ?? {})
  const metadata: JSONObject = JSON.parse(JSON.stringify(meta))
  return {
    metadata: Object.keys(metadata).length > 0 ? metadata : undefined,
    warnings: (meta.warnings ?? []).map((feature) => ({
      type: 'unsupported',
      feature,
      details: 'Dropped by the gateway.',
    })),
  }
}
