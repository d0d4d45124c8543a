import { Button } from '@cloudflare/kumo/components/button'
import { CaretRightIcon, CheckCircleIcon, ProhibitIcon } from '@phosphor-icons/react'
import { useState, type ReactElement } from 'react'
import type { Answer } from '../../api/admin-api.ts'
import { formatCount, formatPercent } from '../../format/number.ts'
import { HealthBadge } from '../../models/health-badge.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable, type Column } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { groupRejected, reasonNames, type RejectedGroup } from './group-rejected.ts'
import { strategyNames } from './strategy-words.ts'

type Decision = Answer<'POST /router/explain'>
type Ranked = Decision['ranked'][number]

const firstRows = 12
const mostRejected = 100

const decidedBy: Readonly<Record<NonNullable<Decision['decided_by']>, string>> = {
  score: 'by its score',
  incumbent: 'among near ties, as it was chosen before',
  sticky: 'among near ties, by the conversation',
  price: 'among near ties, by its price',
  name: 'among near ties of one price, by its name',
}

/** What was chosen, from what, and why nothing else. */
export function DecisionView({ decision }: { decision: Decision }): ReactElement {
  const [isWhole, setIsWhole] = useState(false)
  const { ranked, rejected, chosen } = decision
  const shown = isWhole ? ranked : ranked.slice(0, firstRows)
  return (
    <div className="flex flex-col gap-4">
      <Chosen decision={decision} />
      {ranked.length > 0 && (
        <Card
          title="Candidates"
          note={`${formatCount(ranked.length)}, best first; scores compare within this decision`}
          isFlush
        >
          <DataTable label="Candidates" columns={columns(chosen)} rows={shown} rowId={({ id }) => id} />
          {ranked.length > shown.length && (
            <div className="border-t border-kumo-hairline p-2 text-center">
              <Button size="sm" variant="ghost" onClick={() => setIsWhole(true)}>
                Show all {formatCount(ranked.length)}
              </Button>
            </div>
          )}
        </Card>
      )}
      {rejected.length > 0 && (
        <Card title="Left out" note={`${formatCount(rejected.length)}, by their first reason`} isFlush>
          <ul aria-label="Left out">
            {groupRejected(rejected).map((group) => (
              <Group key={group.code} group={group} />
            ))}
          </ul>
        </Card>
      )}
    </div>
  )
}

function Chosen({
  decision: { chosen, decided_by: by, strategy, input_tokens, output_tokens, needs },
}: {
  decision: Decision
}): ReactElement {
  if (chosen === null) {
    return (
      <Card>
        <EmptyState icon={ProhibitIcon} title="No model may answer this">
          The list below says why of each. Most often a provider key is missing, or a constraint of the gateway leaves
          too little.
        </EmptyState>
      </Card>
    )
  }
  return (
    <div
      className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg bg-kumo-base px-4 py-3 ring ring-kumo-line"
      role="status"
    >
      <CheckCircleIcon className="size-5 text-kumo-success" aria-hidden />
      <strong className="font-semibold">{chosen}</strong>
      <span className="text-kumo-subtle">
        {strategyNames[strategy]}
        {by === null ? '' : `, ${decidedBy[by]}`}
      </span>
      <span className="text-sm text-kumo-subtle sm:ml-auto">
        {formatCount(input_tokens)} in, {formatCount(output_tokens)} out, needs {needs.join(', ').replaceAll('_', ' ')}
      </span>
    </div>
  )
}

function columns(chosen: string | null): Column<Ranked>[] {
  const rating = (key: 'quality' | 'speed', header: string): Column<Ranked> => ({
    id: key,
    header,
    meta: { align: 'right' },
    accessorFn: (row) => row[key].value,
    cell: ({ row: { original } }) => (
      <>
        {original[key].value.toFixed(1)} <span className="text-xs text-kumo-subtle">{original[key].from}</span>
      </>
    ),
  })
  return [
    {
      accessorKey: 'id',
      header: 'Model',
      cell: ({ row: { original } }) => (
        <span className={original.id === chosen ? 'font-semibold' : ''}>{original.id}</span>
      ),
    },
    {
      accessorKey: 'score',
      header: 'Score',
      meta: { align: 'right' },
      cell: ({ row }) => row.original.score.toFixed(2),
    },
    rating('quality', 'Quality'),
    rating('speed', 'Speed'),
    {
      id: 'price',
      header: '$ a million',
      meta: { align: 'right' },
      accessorFn: ({ usd_per_million: usd }) => usd ?? -1,
      cell: ({ row: { original } }) =>
        original.usd_per_million === null ? 'unknown' : `$${original.usd_per_million.toFixed(3)}`,
    },
    { accessorKey: 'health', header: 'Health', cell: ({ row }) => <HealthBadge status={row.original.health} /> },
    {
      accessorKey: 'uptime',
      header: 'Uptime',
      meta: { align: 'right' },
      cell: ({ row: { original } }) => (
        <>
          {formatPercent(original.uptime)}
          {original.health_penalty > 0 && (
            <span className="text-kumo-danger"> −{original.health_penalty.toFixed(2)}</span>
          )}
        </>
      ),
    },
  ]
}

function Group({ group: { code, targets } }: { group: RejectedGroup }): ReactElement {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <li className="border-b border-kumo-hairline last:border-0">
      <button
        type="button"
        aria-expanded={isOpen}
        className="flex h-10 w-full cursor-pointer items-center gap-2 px-4 text-left -outline-offset-2 hover:bg-kumo-tint"
        onClick={() => setIsOpen(!isOpen)}
      >
        <CaretRightIcon
          className={`size-3.5 text-kumo-subtle transition-transform ${isOpen ? 'rotate-90' : ''}`}
          aria-hidden
        />
        <span>{reasonNames[code] ?? code}</span>
        <span className="ml-auto text-kumo-subtle tabular-nums">{formatCount(targets.length)}</span>
      </button>
      {isOpen && (
        <ul className="border-t border-kumo-hairline bg-kumo-recessed px-4 py-2 text-sm">
          {targets.slice(0, mostRejected).map(({ id, message }) => (
            <li key={id} className="flex flex-wrap gap-x-3 py-0.5">
              <span className="min-w-0 break-all">{id}</span>
              <span className="text-kumo-subtle">{message}</span>
            </li>
          ))}
          {targets.length > mostRejected && (
            <li className="py-0.5 text-kumo-subtle">… and {formatCount(targets.length - mostRejected)} more</li>
          )}
        </ul>
      )}
    </li>
  )
}
