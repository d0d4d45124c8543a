import { AdminApiError } from '@gw/gateway/admin-client'

/** What the control plane answered instead of what was asked for; `status` is 0 where nothing answered. */
export { AdminApiError as ApiError }

/** Whether nobody is signed in, or no longer. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof AdminApiError && error.status === 401
}
