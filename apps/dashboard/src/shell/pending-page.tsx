import type { ReactElement } from 'react'
import { Skeleton } from '../ui/skeleton.tsx'

/** Stands where a page is about to be. */
export function PendingPage(): ReactElement {
  return (
    <div role="status" aria-label="Loading" className="w-full">
      <Skeleton className="mb-2 h-7 w-48" />
      <Skeleton className="mb-6 h-4 w-80 max-w-full" />
      <Skeleton className="h-96 w-full" />
    </div>
  )
}
