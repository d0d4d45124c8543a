import { Button } from '@cloudflare/kumo/components/button'
import { ThumbsDownIcon, ThumbsUpIcon } from '@phosphor-icons/react'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'
import { useWrite } from '../../../api/use-write.ts'
import type { LogRow } from '../../../api/wire.ts'

/** A thumb up or down, and a score from 0 to 100. */
export function FeedbackButtons({ row, canWrite }: { row: LogRow; canWrite: boolean }): ReactElement {
  const queries = useQueryClient()
  const judge = useWrite('PATCH /logs/:id', {
    invalidates: ['GET /logs'],
    onSuccess: (answer) =>
      queries.setQueriesData({ queryKey: ['GET /logs/:id', { params: { id: row.id } }] }, () => answer),
  })
  const save = (body: { feedback?: -1 | 1 | null; score?: number | null }): void =>
    judge.mutate({ params: { id: row.id }, query: { org_id: row.org_id }, body })
  const thumb = (value: -1 | 1): ReactElement => {
    const Icon = value === 1 ? ThumbsUpIcon : ThumbsDownIcon
    const isOn = row.feedback === value
    return (
      <Button
        size="sm"
        variant="ghost"
        shape="square"
        disabled={!canWrite || judge.isPending}
        aria-pressed={isOn}
        aria-label={value === 1 ? 'A good answer' : 'A bad answer'}
        icon={
          <Icon
            weight={isOn ? 'fill' : 'regular'}
            className={isOn ? (value === 1 ? 'text-kumo-success' : 'text-kumo-danger') : ''}
          />
        }
        onClick={() => save({ feedback: isOn ? null : value })}
      />
    )
  }
  return (
    <span className="flex items-center gap-1">
      {thumb(1)}
      {thumb(-1)}
      <Score
        key={`${row.id} ${row.score}`}
        score={row.score}
        isDisabled={!canWrite}
        onSave={(score) => save({ score })}
      />
    </span>
  )
}

function Score({
  score,
  isDisabled,
  onSave,
}: {
  score: number | null
  isDisabled: boolean
  onSave(score: number | null): void
}): ReactElement {
  const [text, setText] = useState(score === null ? '' : String(score))
  const commit = (): void => {
    const next = text.trim() === '' ? null : Math.min(100, Math.max(0, Number(text)))
    if (next !== score && !Number.isNaN(next)) onSave(next)
  }
  return (
    <input
      type="number"
      min={0}
      max={100}
      aria-label="Score, 0 to 100"
      placeholder="Score"
      disabled={isDisabled}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
      className="no-input-spinner h-6.5 w-16 rounded-md bg-kumo-control px-2 text-xs ring ring-kumo-line outline-none placeholder:text-kumo-subtle focus:ring-kumo-brand"
    />
  )
}
