import { Button } from '@cloudflare/kumo/components/button'
import { WarningCircleIcon } from '@phosphor-icons/react'
import type { ReactElement } from 'react'
import { adviceFor } from './advice-for.ts'

interface ErrorNoteProps {
  error: unknown
  onRetry?: (() => void) | undefined
}

/** Says what failed and what to do about it. */
export function ErrorNote({ error, onRetry }: ErrorNoteProps): ReactElement {
  const { title, detail, advice } = adviceFor(error)
  return (
    <div role="alert" className="flex gap-3 rounded-lg border border-kumo-danger/30 bg-kumo-danger-tint p-4">
      <WarningCircleIcon className="mt-0.5 size-5 shrink-0 text-kumo-danger" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        {detail && <p className="mt-0.5 break-words">{detail}</p>}
        <p className="mt-0.5 text-kumo-strong">{advice}</p>
        {onRetry && (
          <Button size="sm" className="mt-3" onClick={onRetry}>
            Try again
          </Button>
        )}
      </div>
    </div>
  )
}
