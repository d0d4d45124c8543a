import { cn } from '@cloudflare/kumo/utils'
import type { ReactElement } from 'react'
import type { LogRow } from '../../api/wire.ts'
import { statusOf, type RowStatus } from './status-of.ts'

const dots: Readonly<Record<RowStatus['tone'], string>> = {
  ok: 'bg-kumo-success',
  cached: 'bg-kumo-info',
  warning: 'bg-kumo-warning',
  error: 'bg-kumo-danger',
}

/** How a request ended, in a colour and in words. */
export function StatusMark({ row }: { row: LogRow }): ReactElement {
  const { tone, label } = statusOf(row)
  return (
    <span className="inline-flex max-w-full items-center gap-2">
      <span className={cn('size-2 shrink-0 rounded-full', dots[tone])} aria-hidden />
      <span className={cn('truncate', tone === 'error' && 'text-kumo-danger')}>{label}</span>
    </span>
  )
}
