import { ApiError } from '../../api/api-error.ts'

/** On this page a 401 means that the words were wrong, and not that a session has ended. */
export function signInError(error: Error): Error {
  if (!(error instanceof ApiError) || error.status !== 401) return error
  return new ApiError(400, { code: 'wrong_credentials', message: error.message })
}
