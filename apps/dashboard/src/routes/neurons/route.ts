import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../shell/shell-route.tsx'

export const neuronsRoute = createRoute({
  path: '/neurons',
  getParentRoute: () => shellRoute,
  component: lazyRouteComponent(() => import('./neurons-page.tsx'), 'NeuronsPage'),
})
