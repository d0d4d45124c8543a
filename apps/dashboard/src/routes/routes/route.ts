import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../shell/shell-route.tsx'

export const routesRoute = createRoute({
  path: '/routes',
  getParentRoute: () => shellRoute,
  component: lazyRouteComponent(() => import('./routes-page.tsx'), 'RoutesPage'),
})
