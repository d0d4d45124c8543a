import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { apiQuery } from '../api/api-query.ts'
import { useSession } from '../session/use-session.ts'
import { createNames, type Names } from './names.ts'

const rarely = { staleTime: 300_000, retry: false }

/** The names of people and keys, whose ids are all that rows and roll-ups have. */
export function useNames(): Names {
  const { org } = useSession()
  const query = { org_id: org.id }
  const { data: members } = useQuery({ ...apiQuery('GET /orgs/:org/members', { params: { org: org.id } }), ...rarely })
  const { data: gatewayKeys } = useQuery({ ...apiQuery('GET /gateway-keys', { query }), ...rarely })
  const { data: providerKeys } = useQuery({ ...apiQuery('GET /provider-keys', { query }), ...rarely })
  return useMemo(
    () =>
      createNames({
        user_id: members?.data.map(({ user_id: id, name }) => ({ id, name })),
        gateway_key_id: gatewayKeys?.data,
        provider_key_id: providerKeys?.data,
      }),
    [members, gatewayKeys, providerKeys],
  )
}
