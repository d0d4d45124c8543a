import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../shell/shell-route.tsx'
import { parseRouterSearch } from './router-search.ts'

export const routerRoute = createRoute({
  path: '/router',
  getParentRoute: () => shellRoute,
  validateSearch: parseRouterSearch,
  component: lazyRouteComponent(() => import('./router-page.tsx'), 'RouterPage'),
})
