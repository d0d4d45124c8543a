import type { Dialect } from './dialect.ts'

/**
 * Cloudflare's envelope. The data plane says `error` and the management API `errors`; both are always there, and both
 * are arrays.
 * @see https://developers.cloudflare.com/ai-gateway/reference/errors/
 */
export const cloudflareDialect: Dialect = {
  id: 'cloudflare',
  format: ({ status, message, cloudflareCode = status, gw }) => {
    const entries = [{ code: cloudflareCode, message }]
    return {
      success: false,
      result: [],
      messages: [],
      error: entries,
      errors: entries,
      name: 'AiGatewayError',
      httpCode: status,
      internalCode: cloudflareCode,
      message,
      description: message,
      ...(gw && { gw }),
    }
  },
}
