import type { GatewayOptions } from '@gw/headers'
import { singleAttempt, type RetryPolicy } from '@gw/router'
import type { Gateway } from '../gateways/gateway-store.ts'

/** What the request asks for, else what the gateway is set to, else one attempt. */
export function retryPolicyOf(options: GatewayOptions, { settings }: Gateway): RetryPolicy {
  const { maxAttempts, retryDelayMs, backoff } = options.retries ?? {}
  return {
    maxAttempts: maxAttempts ?? settings.retry_max_attempts ?? singleAttempt.maxAttempts,
    retryDelayMs: retryDelayMs ?? settings.retry_delay ?? singleAttempt.retryDelayMs,
    backoff: backoff ?? settings.retry_backoff ?? singleAttempt.backoff,
  }
}
