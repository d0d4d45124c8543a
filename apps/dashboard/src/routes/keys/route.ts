import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../shell/shell-route.tsx'

export const keysRoute = createRoute({
  path: '/keys',
  getParentRoute: () => shellRoute,
  component: lazyRouteComponent(() => import('./keys-page.tsx'), 'KeysPage'),
})
