import type { ErrorType } from '../error-type.ts'

/** Whether a failure is the target's own: what the caller's request, key or content causes is not, nor a rate limit. */
export const countsAgainstUptime = (type: ErrorType): boolean => type === 'upstream_error' || type === 'timeout'
