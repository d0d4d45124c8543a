import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../shell/shell-route.tsx'
import { parseAuditSearch } from './audit-search.ts'

export const auditRoute = createRoute({
  path: '/audit',
  getParentRoute: () => shellRoute,
  validateSearch: parseAuditSearch,
  component: lazyRouteComponent(() => import('./audit-page.tsx'), 'AuditPage'),
})
