import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../shell/shell-route.tsx'

export const alertsRoute = createRoute({
  path: '/alerts',
  getParentRoute: () => shellRoute,
  component: lazyRouteComponent(() => import('./alerts-page.tsx'), 'AlertsPage'),
})
