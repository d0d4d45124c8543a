import { GatewayError } from '@gw/headers'

/** For a request's body that breaks off: whoever sent it is gone. @throws GatewayError `client_closed` */
export function callerLeft(cause: unknown): never {
  throw new GatewayError('client_closed', 'The caller left before the request was complete.', { cause })
}
