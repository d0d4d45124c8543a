import type { Inbound } from '../surfaces/surface.ts'

/** Headers that differ from request to request, or are looked at elsewhere. */
const noise =
  /^(?:host|connection|content-(?:length|type)|accept|accept-encoding|date|traceparent|tracestate|authorization|cookie|x-api-key|x-goog-api-key|api-key|x-request-id|x-real-ip|x-forwarded-.+|x-stainless-.+|cdn-loop|cf-(?:ray|connecting-ip|visitor|ew-via|worker|aig-.+)|gw-.+)$/

/** All that a dynamic route may choose by, beside what the request says: metadata, tier and headers; empty for models. */
export function routeIdentity(
  model: string | undefined,
  { http, options, account }: Pick<Inbound, 'http' | 'options' | 'account'>,
): string {
  if (!model?.startsWith('dynamic/')) return ''
  const metadata = Object.entries(options.metadata ?? {}).map(([name, value]) => [name, String(value), typeof value])
  const headers = [...http.headers].filter(([name]) => !noise.test(name))
  return JSON.stringify([metadata, account.tier?.id ?? '', headers])
}
