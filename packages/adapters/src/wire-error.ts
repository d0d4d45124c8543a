/**
 * Thrown when a request cannot be said in a wire format: `invalid_request` when the caller's own body is wrong,
 * `unsupported` when the target format has no words for what the caller asked.
 */
export class WireError extends Error {
  override readonly name = 'WireError'
  readonly code: 'invalid_request' | 'unsupported'
  /** Path of the field at fault, such as `messages[2].content`. */
  readonly param: string | undefined

  constructor(code: WireError['code'], message: string, param?: string) {
    super(message)
    this.code = code
    this.param = param
  }
}
