import type { ErrorComponentProps } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { ErrorNote } from '../ui/error-note.tsx'

/** What is shown in place of a page that failed. */
export function ErrorPage({ error, reset }: ErrorComponentProps): ReactElement {
  return (
    <main className="mx-auto max-w-xl px-4 py-24">
      <ErrorNote error={error} onRetry={reset} />
    </main>
  )
}
