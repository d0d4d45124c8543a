import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../shell/shell-route.tsx'

export const peopleRoute = createRoute({
  path: '/people',
  getParentRoute: () => shellRoute,
  component: lazyRouteComponent(() => import('./people-page.tsx'), 'PeoplePage'),
})
