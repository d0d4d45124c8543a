import type { Deps } from '../deps.ts'
import { guardUpstreamUrl } from './guard-upstream-url.ts'

/** Where a provider's URL is really asked: elsewhere in tests and mirrors. @throws GatewayError `blocked_upstream_url` */
export function toTarget(
  url: URL,
  providerId: string,
  deps: Pick<Deps, 'rewriteUpstream' | 'allowPrivateUpstreams'>,
): URL {
  const target = deps.rewriteUpstream?.(providerId, url) ?? url
  guardUpstreamUrl(target, deps.allowPrivateUpstreams)
  return target
}
