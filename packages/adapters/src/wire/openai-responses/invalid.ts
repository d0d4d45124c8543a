import { WireError } from '../../wire-error.ts'

/** The error for a field that breaks a rule. */
export function invalid(param: string, rule: string): WireError {
  return new WireError('invalid_request', `\`${param}\` ${rule}`, param)
}
