import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../shell/shell-route.tsx'

export const routerRoute = createRoute({
  path: '/router',
  getParentRoute: () => shellRoute,
  component: lazyRouteComponent(() => import('./router-page.tsx'), 'RouterPage'),
})
