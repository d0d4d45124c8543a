import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { shellRoute } from '../../shell/shell-route.tsx'

export const settingsRoute = createRoute({
  path: '/settings',
  getParentRoute: () => shellRoute,
  component: lazyRouteComponent(() => import('./settings-page.tsx'), 'SettingsPage'),
})
