import { useQuery } from '@tanstack/react-query'
import { FileDashedIcon } from '@phosphor-icons/react'
import type { ReactElement } from 'react'
import { ApiError } from '../../../api/api-error.ts'
import { apiQuery } from '../../../api/api-query.ts'
import type { LogRow } from '../../../api/wire.ts'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorNote } from '../../../ui/error-note.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { prettyBody } from './pretty-body.ts'

/** What was asked or answered, where the gateway keeps it. */
export function BodyView({ row, part }: { row: LogRow; part: 'request' | 'response' }): ReactElement {
  const options = { params: { id: row.id }, query: { org_id: row.org_id } }
  const request = useQuery({ ...apiQuery('GET /logs/:id/request', options), enabled: part === 'request' })
  const response = useQuery({ ...apiQuery('GET /logs/:id/response', options), enabled: part === 'response' })
  const { data, error, refetch } = part === 'request' ? request : response
  if (error instanceof ApiError && error.status === 404) {
    return (
      <EmptyState icon={FileDashedIcon} title={`The ${part} is not kept`}>
        {error.message}
      </EmptyState>
    )
  }
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton className="h-64 w-full" />
  const text = prettyBody(data.text)
  return (
    <div className="overflow-hidden rounded-lg ring ring-kumo-hairline">
      <div className="flex items-center justify-between border-b border-kumo-hairline bg-kumo-recessed py-1 pr-1.5 pl-3 text-xs text-kumo-subtle">
        <span>
          {data.content_type ?? 'text'}
          {data.is_cut && ', cut short: it was too long to keep whole'}
        </span>
        <CopyButton text={data.text} label={`Copy the ${part}`} isIconOnly />
      </div>
      <pre className="overflow-x-auto p-3 font-mono text-xs leading-5 break-words whitespace-pre-wrap">{text}</pre>
    </div>
  )
}
