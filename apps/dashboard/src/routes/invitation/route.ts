import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { rootRoute } from '../../shell/root-route.tsx'

export const invitationRoute = createRoute({
  path: '/invitation',
  getParentRoute: () => rootRoute,
  validateSearch: ({ token }: Record<string, unknown>): { token?: string } =>
    typeof token === 'string' ? { token } : {},
  component: lazyRouteComponent(() => import('./invitation-page.tsx'), 'InvitationPage'),
})
