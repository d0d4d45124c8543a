import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../shell/shell-route.tsx'

export const budgetsRoute = createRoute({
  path: '/budgets',
  getParentRoute: () => shellRoute,
  component: lazyRouteComponent(() => import('./budgets-page.tsx'), 'BudgetsPage'),
})
