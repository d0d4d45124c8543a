import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../shell/shell-route.tsx'
import { parseRoutesSearch } from './routes-search.ts'

export const routesRoute = createRoute({
  path: '/routes',
  getParentRoute: () => shellRoute,
  validateSearch: parseRoutesSearch,
  component: lazyRouteComponent(() => import('./routes-page.tsx'), 'RoutesPage'),
})
