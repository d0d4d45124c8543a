import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../shell/shell-route.tsx'
import { parseAlertsSearch } from './alerts-search.ts'

export const alertsRoute = createRoute({
  path: '/alerts',
  getParentRoute: () => shellRoute,
  validateSearch: parseAlertsSearch,
  component: lazyRouteComponent(() => import('./alerts-page.tsx'), 'AlertsPage'),
})
