import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../shell/shell-route.tsx'
import { parseLogsSearch } from './logs-search.ts'

export const logsRoute = createRoute({
  path: '/logs',
  getParentRoute: () => shellRoute,
  validateSearch: parseLogsSearch,
  component: lazyRouteComponent(() => import('./logs-page.tsx'), 'LogsPage'),
})
