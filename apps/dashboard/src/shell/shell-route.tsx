import { createRoute, redirect } from '@tanstack/react-router'
import { isSignedOut } from '../api/api-error.ts'
import { sessionQuery } from '../session/session-query.ts'
import { rootRoute } from './root-route.tsx'
import { Shell } from './shell.tsx'

/** Parent of every page behind the sign-in. */
export const shellRoute = createRoute({
  id: 'shell',
  getParentRoute: () => rootRoute,
  beforeLoad: async ({ context: { queries }, location }) => {
    try {
      await queries.ensureQueryData(sessionQuery)
    } catch (error) {
      if (!isSignedOut(error)) throw error
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href } })
    }
  },
  component: Shell,
})
