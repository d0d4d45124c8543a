import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../shell/shell-route.tsx'
import { parseSettingsSearch } from './settings-search.ts'

export const settingsRoute = createRoute({
  path: '/settings',
  getParentRoute: () => shellRoute,
  validateSearch: parseSettingsSearch,
  component: lazyRouteComponent(() => import('./settings-page.tsx'), 'SettingsPage'),
})
