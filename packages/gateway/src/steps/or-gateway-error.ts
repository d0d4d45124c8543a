import { WireError, type JsonObject } from '@gw/adapters'
import { GatewayError } from '@gw/headers'

/** What a translation returns, with its errors in our own codes. */
export function orGatewayError<T>(translate: () => T): T {
  try {
    return translate()
  } catch (error) {
    if (!(error instanceof WireError)) throw error
    const detail: JsonObject = error.param === undefined ? {} : { param: error.param }
    throw new GatewayError(error.code, error.message, { cause: error, detail })
  }
}
