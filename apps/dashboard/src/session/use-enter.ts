import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { SessionAnswer } from './session.ts'
import { readSession, sessionQuery } from './session-query.ts'

/** Takes up a new session and goes on to a page of the dashboard. */
export function useEnter(): (answer: SessionAnswer, next?: string) => void {
  const queries = useQueryClient()
  const router = useRouter()
  return (answer, next = '/') => {
    queries.setQueryData(sessionQuery.queryKey, readSession(answer))
    router.history.push(next)
  }
}
