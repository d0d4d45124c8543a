import { useEffect, useState } from 'react'
import { api } from '../../api/api.ts'
import { useSession } from '../../session/use-session.ts'
import { createKeyHolder, type KeyHolder } from './create-key-holder.ts'

/** The gateway key of this visit: the user's own, or that of nobody for who has only the admin key. */
export function useKey(): KeyHolder {
  const { org, user, organisations } = useSession()
  const userId = user !== null && organisations.some(({ id }) => id === org.id) ? user.id : null
  const [holder] = useState(() =>
    createKeyHolder({
      make: (expiresAt) =>
        api('POST /gateway-keys', {
          query: { org_id: org.id },
          body: { name: 'Playground', user_id: userId, expires_at: expiresAt },
        }),
      revoke: (id) => api('DELETE /gateway-keys/:id', { params: { id }, query: { org_id: org.id } }),
    }),
  )
  useEffect(() => () => holder.drop(), [holder])
  return holder
}
