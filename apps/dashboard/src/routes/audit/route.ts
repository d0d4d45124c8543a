import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../shell/shell-route.tsx'

export const auditRoute = createRoute({
  path: '/audit',
  getParentRoute: () => shellRoute,
  component: lazyRouteComponent(() => import('./audit-page.tsx'), 'AuditPage'),
})
