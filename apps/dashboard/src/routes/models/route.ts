import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../shell/shell-route.tsx'

export const modelsRoute = createRoute({
  path: '/models',
  getParentRoute: () => shellRoute,
  component: lazyRouteComponent(() => import('./models-page.tsx'), 'ModelsPage'),
})
