import { GatewayError } from './gateway-error.ts'

/** Whether a caught value is a `GatewayError`, also one made by a second copy of this package. */
export function isGatewayError(error: unknown): error is GatewayError {
  return error instanceof GatewayError || (error instanceof Error && error.name === 'GatewayError' && 'code' in error)
}
