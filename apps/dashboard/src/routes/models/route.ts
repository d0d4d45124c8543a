import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../shell/shell-route.tsx'
import { parseModelsSearch } from './models-search.ts'

export const modelsRoute = createRoute({
  path: '/models',
  getParentRoute: () => shellRoute,
  validateSearch: parseModelsSearch,
  component: lazyRouteComponent(() => import('./models-page.tsx'), 'ModelsPage'),
})
