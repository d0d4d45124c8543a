import { WireError } from '../../wire-error.ts'

/** A mistake in the caller's body: `param` says where, `rule` what it must be. */
export function invalid(param: string, rule: string): WireError {
  return new WireError('invalid_request', `\`${param}\` ${rule}`, param)
}
