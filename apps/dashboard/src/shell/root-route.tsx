import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, Outlet, retainSearchParams } from '@tanstack/react-router'
import { ErrorPage } from './error-page.tsx'
import { NotFoundPage } from './not-found-page.tsx'

export interface RouterContext {
  queries: QueryClient
}

/** The root of all pages; `?org=` goes along from page to page. */
export const rootRoute = createRootRouteWithContext<RouterContext>()({
  validateSearch: ({ org }: Record<string, unknown>): { org?: string } =>
    typeof org === 'string' && org ? { org } : {},
  search: { middlewares: [retainSearchParams(['org'])] },
  component: Outlet,
  errorComponent: ErrorPage,
  notFoundComponent: NotFoundPage,
})
