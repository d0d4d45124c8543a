import { useQuery } from '@tanstack/react-query'
import { apiQuery } from '../../api/api-query.ts'
import { ApiError } from '../../api/api-error.ts'
import { useSession } from '../../session/use-session.ts'
import { headerOf, type Answer } from './answer.ts'

const nanoPerUsd = 1e9
const mostTries = 12

/**
 * What an answer cost, nano-USD: as it says itself, or else as its row does, which arrives within seconds. `undefined` where
 * there is nothing to say, `null` where nobody knows.
 */
export function useAnswerCost(answer: Answer): number | null | undefined | 'pending' {
  const { org } = useSession()
  const said = answer.cost ?? Number(headerOf(answer, 'gw-cost') ?? Number.NaN)
  const id = headerOf(answer, 'cf-aig-log-id')
  const isOver = answer.state !== 'waiting' && answer.state !== 'streaming'
  const isAsked = isOver && id !== undefined && Number.isNaN(said)
  const row = useQuery({
    ...apiQuery('GET /logs/:id', { params: { id: id ?? '' }, query: { org_id: org.id } }),
    enabled: isAsked,
    retry: (count, error) => count < mostTries && error instanceof ApiError && error.status === 404,
    retryDelay: 500,
  })
  if (!Number.isNaN(said)) return Math.round(said * nanoPerUsd)
  if (!isAsked || row.error) return undefined
  return row.data ? row.data.cost_nano_usd : 'pending'
}
