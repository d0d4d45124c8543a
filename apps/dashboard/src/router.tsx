import { createRouter } from '@tanstack/react-router'
import type { QueryClient } from '@tanstack/react-query'
import { alertsRoute } from './routes/alerts/route.ts'
import { auditRoute } from './routes/audit/route.ts'
import { budgetsRoute } from './routes/budgets/route.ts'
import { invitationRoute } from './routes/invitation/route.ts'
import { keysRoute } from './routes/keys/route.ts'
import { logsRoute } from './routes/logs/route.ts'
import { modelsRoute } from './routes/models/route.ts'
import { neuronsRoute } from './routes/neurons/route.ts'
import { overviewRoute } from './routes/overview/route.ts'
import { peopleRoute } from './routes/people/route.ts'
import { playgroundRoute } from './routes/playground/route.ts'
import { routerRoute } from './routes/router/route.ts'
import { routesRoute } from './routes/routes/route.ts'
import { settingsRoute } from './routes/settings/route.ts'
import { setupRoute } from './routes/setup/route.ts'
import { signInRoute } from './routes/sign-in/route.ts'
import { rootRoute } from './shell/root-route.tsx'
import { shellRoute } from './shell/shell-route.tsx'
import { ErrorPage } from './shell/error-page.tsx'
import { PendingPage } from './shell/pending-page.tsx'
import { formatSearch, parseSearch } from './shell/url-search.ts'

const routeTree = rootRoute.addChildren([
  signInRoute,
  setupRoute,
  invitationRoute,
  shellRoute.addChildren([
    overviewRoute,
    logsRoute,
    playgroundRoute,
    modelsRoute,
    routerRoute,
    routesRoute,
    keysRoute,
    peopleRoute,
    budgetsRoute,
    neuronsRoute,
    alertsRoute,
    auditRoute,
    settingsRoute,
  ]),
])

/** Makes the router of the whole dashboard. */
export function createAppRouter(queries: QueryClient) {
  return createRouter({
    routeTree,
    context: { queries },
    parseSearch,
    stringifySearch: formatSearch,
    // What no page has asked for never reaches one.
    search: { strict: true },
    scrollRestoration: true,
    defaultPreload: 'intent',
    defaultErrorComponent: ErrorPage,
    defaultPendingComponent: PendingPage,
    defaultPendingMs: 150,
    defaultPendingMinMs: 0,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
