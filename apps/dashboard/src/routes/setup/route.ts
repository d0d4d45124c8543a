import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { api } from '../../api/api.ts'
import { rootRoute } from '../../shell/root-route.tsx'

export const setupRoute = createRoute({
  path: '/setup',
  getParentRoute: () => rootRoute,
  beforeLoad: async () => {
    const { needed } = await api('GET /setup')
    if (!needed) throw redirect({ to: '/sign-in', search: {} })
  },
  component: lazyRouteComponent(() => import('./setup-page.tsx'), 'SetupPage'),
})
