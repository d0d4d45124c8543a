import { createAdminClient } from '@gw/gateway/admin-client'
import type { Api } from './admin-api.ts'
import { ApiError } from './api-error.ts'

let csrfToken: string | undefined

/** The session's token, which every write must show. */
export function setCsrfToken(token: string | undefined): void {
  csrfToken = token
}

function headersOf(method: string): Record<string, string> {
  return method === 'GET' || csrfToken === undefined ? {} : { 'x-gw-csrf': csrfToken }
}

async function send(request: Request): Promise<Response> {
  try {
    return await fetch(request)
  } catch (error) {
    if (request.signal.aborted) throw error
    throw new ApiError(0, { code: 'unreachable', message: 'The gateway does not answer.' })
  }
}

const options = { headers: headersOf, fetch: send }

/**
 * Asks the control plane.
 * @throws ApiError when it refuses, or does not answer
 * @example await api('GET /budgets', { query: { org_id: 'acme' } })
 */
export const api = createAdminClient<Api>(options)

/** The same for an operation that is only known by a type parameter, whose answer the caller's own type says. */
export const ask =
  createAdminClient<Record<string, { params: never; query: object; body: object; answer: never }>>(options)
