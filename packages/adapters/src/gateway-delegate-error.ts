/** What failed: the call's configuration, a request to the gateway, the provider's answer, or a run that is gone. */
export type GatewayDelegateErrorKind = 'config' | 'dispatch' | 'provider' | 'resume-expired'

/** The error of the clients for what never became a provider's answer; match on `kind`, also across packages. */
export class GatewayDelegateError extends Error {
  override readonly name = 'GatewayDelegateError'
  readonly kind: GatewayDelegateErrorKind
  override readonly cause?: unknown

  constructor(kind: GatewayDelegateErrorKind, message: string, cause?: unknown) {
    super(message)
    this.kind = kind
    this.cause = cause
  }
}
