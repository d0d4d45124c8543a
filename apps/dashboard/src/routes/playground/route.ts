import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../shell/shell-route.tsx'
import { parsePlaygroundSearch } from './playground-search.ts'

export const playgroundRoute = createRoute({
  path: '/playground',
  getParentRoute: () => shellRoute,
  validateSearch: parsePlaygroundSearch,
  component: lazyRouteComponent(() => import('./playground-page.tsx'), 'PlaygroundPage'),
})
