import { CSPProvider } from '@cloudflare/kumo/primitives/csp-provider'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createQueries } from './api/create-queries.ts'
import './app.css'
import { applyTheme, followSystemTheme } from './preferences/theme.ts'
import { createAppRouter } from './router.tsx'

applyTheme()
followSystemTheme()

const queries = createQueries({ onSignedOut: () => void leave() })
const router = createAppRouter(queries)

/** The session has ended: the shell reads it again, and sends whoever is not signed in to the sign-in page. */
async function leave(): Promise<void> {
  queries.removeQueries({ queryKey: ['session'] })
  await router.invalidate()
}

const root = document.querySelector('#root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <CSPProvider disableStyleElements>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </CSPProvider>
    </StrictMode>,
  )
}
