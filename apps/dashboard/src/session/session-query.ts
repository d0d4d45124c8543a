import { queryOptions } from '@tanstack/react-query'
import { api, setCsrfToken } from '../api/api.ts'
import { toSession, type Session, type SessionAnswer } from './session.ts'

/** Who is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) => readSession(await api('GET /session', { signal })),
  staleTime: Infinity,
  retry: false,
})

/** Takes up a session that the API answered with, such as that of a sign-in. */
export function readSession(answer: SessionAnswer): Session {
  setCsrfToken(answer.csrf_token)
  return toSession(answer)
}
