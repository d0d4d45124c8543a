/** The master key is not configured, or the sealed secret is not what was sealed for this record. */
export type VaultErrorCode = 'unknown_version' | 'tampered'

/** A sealed secret cannot be opened. Its message holds neither secret nor key. */
export class VaultError extends Error {
  override readonly name = 'VaultError'
  readonly code: VaultErrorCode

  constructor(code: VaultErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
