import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { apiQuery } from '../../api/api-query.ts'
import { useSession } from '../../session/use-session.ts'
import { readRequest, type PastRequest } from './read-request.ts'

/** How reading the request of a row went. */
export interface PastRequestState {
  id: string | undefined
  error: Error | null
  isRead: boolean
  /** It is there, and is no conversation. */
  isUnreadable: boolean
  isCut: boolean
  retry(): void
}

/** Reads what a row of the log was asked, and hands it over once. */
export function usePastRequest(id: string | undefined, onRead: (request: PastRequest) => void): PastRequestState {
  const { org } = useSession()
  const { data, error, refetch } = useQuery({
    ...apiQuery('GET /logs/:id/request', { params: { id: id ?? '' }, query: { org_id: org.id } }),
    enabled: id !== undefined,
    staleTime: Infinity,
  })
  const request = data && readRequest(data.text)
  const taken = useRef<string>(undefined)
  useEffect(() => {
    if (!request || id === undefined || taken.current === id) return
    taken.current = id
    onRead(request)
  })
  return {
    id,
    error: id === undefined ? null : error,
    isRead: data !== undefined,
    isUnreadable: data !== undefined && request === undefined,
    isCut: data?.is_cut ?? false,
    retry: () => void refetch(),
  }
}
