import { ClockCounterClockwiseIcon } from '@phosphor-icons/react'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { ErrorNote } from '../../ui/error-note.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { PastRequestState } from './use-past-request.ts'

/** Says that the playground was filled from a row of the log, or why it was not. */
export function PastRequestNote({ past }: { past: PastRequestState }): ReactElement | null {
  const { id, error, isRead, isUnreadable, isCut, retry } = past
  if (id === undefined) return null
  if (error) {
    return (
      <div className="mb-4">
        <ErrorNote error={error} onRetry={retry} />
      </div>
    )
  }
  if (!isRead) return <Skeleton className="mb-4 h-10 w-full" />
  return (
    <p className="mb-4 flex items-center gap-2 rounded-lg bg-kumo-tint px-3 py-2">
      <ClockCounterClockwiseIcon className="size-4 shrink-0 text-kumo-subtle" aria-hidden />
      <span>
        {isUnreadable
          ? 'What this request asked is no conversation, and cannot be asked again here. Copy it as curl from '
          : `Filled from ${isCut ? 'the part that is kept of ' : ''}a request of the past: change what you like, then send. See `}
        <Link to="/logs" search={{ log: id }} className="underline">
          its row
        </Link>
        .
      </span>
    </p>
  )
}
