/** Ends the work of models whose request was not the one that the gateway answered; callers never see it. */
export class AiGatewayInternalFetchError extends Error {
  override name = 'AiGatewayInternalFetchError'
}
