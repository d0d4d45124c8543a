import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api, setCsrfToken } from '../api/api.ts'
import { notify } from '../ui/toasts.ts'

/** Ends the session and goes to the sign-in page; nothing that was read stays in memory. */
export function useSignOut(): () => void {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const signOut = async (): Promise<void> => {
    await api('DELETE /session')
    setCsrfToken(undefined)
    queries.clear()
    await navigate({ to: '/sign-in', search: {} })
  }
  return () => {
    signOut().catch((error: Error) =>
      notify({ title: 'Still signed in', description: error.message, variant: 'error' }),
    )
  }
}
