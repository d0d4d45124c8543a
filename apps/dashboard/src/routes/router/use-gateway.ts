import { queryOptions, useQuery } from '@tanstack/react-query'
import { createAdminClient } from '@gw/gateway/admin-client'
import type { Answer, Api } from '../../api/admin-api.ts'
import { useSession } from '../../session/use-session.ts'

/** A gateway, and the tag of the state in which it was read. */
export interface TaggedGateway {
  gateway: Answer<'GET /gateways/:id'>
  tag: string | null
}

/** Reads a gateway's settings with their tag, so that a change says what it was made from. */
export function gatewayQuery(orgId: string, id: string) {
  return queryOptions({
    queryKey: ['GET /gateways/:id', orgId, id] as const,
    queryFn: async ({ signal }): Promise<TaggedGateway> => {
      let tag: string | null = null
      const read = createAdminClient<Api>({
        fetch: async (request) => {
          const response = await fetch(request)
          tag = response.headers.get('etag')
          return response
        },
      })
      const gateway = await read('GET /gateways/:id', { params: { id }, query: { org_id: orgId }, signal })
      return { gateway, tag }
    },
  })
}

/** A gateway of the organisation. */
export function useGateway(id: string) {
  const { org } = useSession()
  return useQuery(gatewayQuery(org.id, id))
}
