import type { CallerError, JsonObject, WireFormat } from '@gw/adapters'

/** How a surface writes an error body. */
export interface Dialect {
  id: string
  format(error: DialectError): JsonObject
}

/** An error with what every dialect may want to say of it. */
export interface DialectError extends CallerError {
  /** Cloudflare's number for it. */
  cloudflareCode?: number
}

/** The errors of a chat format. */
export function formatDialect(format: WireFormat): Dialect {
  return { id: format.id, format: (error) => format.formatError(error) }
}
