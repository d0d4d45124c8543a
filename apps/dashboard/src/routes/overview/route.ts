import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../shell/shell-route.tsx'
import { parseOverviewSearch } from './overview-search.ts'

export const overviewRoute = createRoute({
  path: '/',
  getParentRoute: () => shellRoute,
  validateSearch: parseOverviewSearch,
  component: lazyRouteComponent(() => import('./overview-page.tsx'), 'OverviewPage'),
})
