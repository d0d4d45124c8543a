import { Button } from '@cloudflare/kumo/components/button'
import { CaretDownIcon, CaretUpIcon, PlayIcon, XIcon } from '@phosphor-icons/react'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { LogRow } from '../../../api/wire.ts'
import { useFormatTime } from '../../../preferences/time-zone.ts'
import { useSession } from '../../../session/use-session.ts'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { StatusMark } from '../status-mark.tsx'
import { CopyCurlButton } from './copy-curl-button.tsx'
import { FeedbackButtons } from './feedback-buttons.tsx'

interface SheetHeaderProps {
  row: LogRow
  onClose(): void
  onPrevious: (() => void) | undefined
  onNext: (() => void) | undefined
}

/** What the request was, and what can be done with it. */
export function SheetHeader({ row, onClose, onPrevious, onNext }: SheetHeaderProps): ReactElement {
  const formatTime = useFormatTime()
  const { org, can } = useSession()
  const link = `${location.origin}/logs?org=${encodeURIComponent(org.id)}&log=${encodeURIComponent(row.id)}`
  return (
    <header className="px-5 pt-4 pb-3">
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <h2 className="truncate text-lg font-semibold tracking-tight">
            {row.model ?? row.requested_model ?? row.path}
          </h2>
          <p className="flex flex-wrap items-center gap-x-3 text-sm text-kumo-subtle">
            <StatusMark row={row} />
            <span>{formatTime(row.created_at, 'full')}</span>
          </p>
        </div>
        <Button
          variant="ghost"
          size="sm"
          shape="square"
          icon={CaretUpIcon}
          aria-label="Row before"
          disabled={!onPrevious}
          onClick={onPrevious}
        />
        <Button
          variant="ghost"
          size="sm"
          shape="square"
          icon={CaretDownIcon}
          aria-label="Next row"
          disabled={!onNext}
          onClick={onNext}
        />
        <Button variant="ghost" size="sm" shape="square" icon={XIcon} aria-label="Close" onClick={onClose} />
      </div>
      <div className="mt-3 flex flex-wrap items-center gap-2">
        <CopyButton text={link} label="Copy link" />
        <CopyCurlButton row={row} />
        <Link
          to="/playground"
          search={{ log: row.id }}
          className="inline-flex h-6.5 items-center gap-1 rounded-md bg-kumo-base px-2 text-xs ring ring-kumo-line hover:bg-kumo-tint"
        >
          <PlayIcon className="size-3.5" aria-hidden />
          Replay
        </Link>
        <span className="flex-1" />
        <FeedbackButtons row={row} canWrite={can('member')} />
      </div>
    </header>
  )
}
