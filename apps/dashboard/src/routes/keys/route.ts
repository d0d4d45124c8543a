import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../shell/shell-route.tsx'
import { parseKeysSearch } from './keys-search.ts'

export const keysRoute = createRoute({
  path: '/keys',
  getParentRoute: () => shellRoute,
  validateSearch: parseKeysSearch,
  component: lazyRouteComponent(() => import('./keys-page.tsx'), 'KeysPage'),
})
